using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Memory;
using Splade.Benchmarks.Models;

namespace Splade.Benchmarks.Checkpoints;

/// <summary>What it costs to load a model from its weights in place of an exported ONNX file: speed, time to load, memory.</summary>
internal static class CheckpointBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options = [new("--models", "tiny,minilm,base", "which models: all unless given")];

    private static readonly Dictionary<string, (string Name, Func<string> Exported, Func<string?> Weights, int Documents)> Known = new()
    {
        ["tiny"] = ("splade-tiny", () => Path.Combine(Repository.Models, "splade-tiny"), WeightFolder.OfSpladeTiny, 64),
        ["minilm"] = (BertShape.MiniLm.Name, () => RandomModel.Ensure(BertShape.MiniLm), () => WeightFolder.Ensure(BertShape.MiniLm), 16),
        ["base"] = (BertShape.Base.Name, () => RandomModel.Ensure(BertShape.Base), () => WeightFolder.Ensure(BertShape.Base), 4),
    };

    /// <exception cref="UsageException">There is no model of a name.</exception>
    public static Report Run(Arguments arguments) => new(
        "Weights",
        $"The same model from its exported ONNX file and from its weights in safetensors, in turn: documents per second in {Rounds.Default} rounds; "
        + $"milliseconds of SpladeEngine.CreateAsync in a new process, {LoadCommand.Runs} times; and what the process holds after it has encoded one short "
        + "text. The models of MiniLM's and BERT's size have random weights.",
        [.. (arguments.List("--models") ?? [.. Known.Keys]).Select(Measure)]);

    private static string Measure(string model)
    {
        (string name, Func<string> exported, Func<string?> weights, int count) = Known.TryGetValue(model, out var known)
            ? known
            : throw new UsageException($"unknown model '{model}', expected some of {string.Join(", ", Known.Keys)}.");
        if (weights() is not string folder)
        {
            return $"{name}: its published weights are not at hand.\n";
        }

        (string Name, string Folder)[] forms = [("ONNX file", exported()), ("weights", folder)];
        long size = new FileInfo(Path.Combine(folder, "model.safetensors")).Length;
        return new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{name}, {size / 1e6:N0} MB of weights:\n")
            .AppendLine(Throughput(forms, count))
            .Append(Costs(forms, size))
            .ToString();
    }

    private static string Throughput((string Name, string Folder)[] forms, int count)
    {
        SpladeEngine[] engines = [.. forms.Select(form => SpladeEngine.CreateAsync(form.Folder).GetAwaiter().GetResult())];
        IReadOnlyList<string> texts = Documents.ReadOrGenerate(new TextGenerator(engines[0].Tokenizer)).Sample(count).Texts;
        SparseVector[][] vectors = [.. engines.Select(engine => Encode(engine, texts))];
        float difference = vectors[0].Zip(vectors[1], (left, right) => left.Indices.ToArray().Union(right.Indices.ToArray()).Max(i => MathF.Abs(left[i] - right[i]))).Max();
        IReadOnlyList<Measurement> measured = Rounds.Compare(
            [.. forms.Zip(engines, (form, engine) => new Contender(form.Name, () => Encode(engine, texts).Length))]);
        Array.ForEach(engines, engine => engine.Dispose());
        return new ContenderTable("documents", "document", count).Format(measured)
            + string.Create(CultureInfo.InvariantCulture, $"\nNo weight of their vectors differs by more than {difference:G2}.\n");
    }

    private static SparseVector[] Encode(SpladeEngine engine, IReadOnlyList<string> texts) =>
        [.. engine.EncodeAsync(texts).GetAwaiter().GetResult().Select(encoding => encoding.Vector)];

    private static string Costs((string Name, string Folder)[] forms, long size)
    {
        var loads = forms.Select(_ => new List<LoadTime>()).ToArray();
        for (int run = 0; run < LoadCommand.Runs; run++)
        {
            for (int i = 0; i < forms.Length; i++)
            {
                loads[i].Add(LoadCommand.Measure(forms[i].Folder));
            }
        }

        StringBuilder table = new StringBuilder()
            .AppendLine("| loaded from | ms, best | ms, median | resident MB | of the weights |")
            .AppendLine("|---|---:|---:|---:|---:|");
        foreach (((string name, string folder), List<LoadTime> times) in forms.Zip(loads))
        {
            var load = new Percentiles(times.Select(t => t.Load));
            long resident = MemoryCommand.Measure(folder, "ours", documents: 1).Loaded;
            table.AppendLine(
                CultureInfo.InvariantCulture, $"| {name} | {load.Best:N0} | {load.Median:N0} | {resident / 1e6:N0} | {(double)resident / size:N2} |");
        }

        return table.ToString();
    }
}
