using System.Diagnostics;
using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Onnx;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Hybrid;

/// <summary>The dense half of hybrid search: documents of the dense model alone, documents of both into a store, and queries.</summary>
internal static class DenseBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--documents", "N", $"how many documents a round encodes: {DefaultDocuments} unless given"),
        new("--rounds", "N", $"how many rounds: {FixedWork.DefaultRounds} unless given"),
    ];

    private const int DefaultDocuments = 150;
    private const int Queries = 60;
    private const string Query = "what similarity laws must be obeyed for heated models";

    private static readonly (string Name, Action<DenseEmbeddingGeneratorOptions> Set)[] Ways =
    [
        ("the graph as it is", options => options.DecoderPlace = DecoderPlace.PlainGraph),
        ("Exact", _ => { }),
        ("Fast", options => options.Precision = Precision.Fast),
    ];

    public static Report Run(Arguments arguments)
    {
        int count = arguments.Number("--documents") ?? DefaultDocuments, rounds = arguments.Number("--rounds") ?? FixedWork.DefaultRounds;
        string[] texts = [.. (CranfieldCorpus.Read() ?? throw new InvalidOperationException("Cranfield is not here. Put the collection into the shared folder.")).Texts.Take(count)];
        using SpladeEngine engine = SpladeEngine.CreateAsync(Path.Combine(Repository.Models, "splade-tiny")).GetAwaiter().GetResult();
        var sparse = new SpladeEmbeddingGenerator(engine);
        DenseEmbeddingGenerator[] dense = [.. Ways.Select(way => Load(way.Set))];
        try
        {
            return new Report(
                "Dense",
                $"all-MiniLM-L6-v2, whose weights are stored in 8 bits, alone and beside splade-tiny: {count} abstracts of Cranfield, and one query of nine words after the "
                + $"other; {rounds} rounds after a warm-up, the contenders in turn. Documents are counted by seconds of processor time, times the processors: what "
                + "else the machine does hardly moves that. Queries are counted by the clock: they wait for one another.",
                [
                    Table("Documents of the dense model", rounds, ProcessorTime, dense.Select(d => (Func<long>)(() => Encode(d, texts)))),
                    Table("Documents of both, `HybridRetriever.AddAsync`", rounds, ProcessorTime, dense.Select(d => (Func<long>)(() => Add(sparse, d, texts)))),
                    Table("Queries of both", 3 * rounds, time: null, dense.Select(d => (Func<long>)(() => Ask(sparse, d)))),
                ]);
        }
        finally
        {
            Array.ForEach(dense, d => d.Dispose());
        }
    }

    private static string Table(string title, int rounds, Func<TimeSpan>? time, IEnumerable<Func<long>> runs)
    {
        Contender[] contenders = [.. Ways.Zip(runs, (way, run) => new Contender(way.Name, run))];
        Array.ForEach(contenders, contender => contender.Run());
        IReadOnlyList<Measurement> measured = FixedWork.Compare(contenders, rounds, Console.Error.WriteLine, time);
        var table = new StringBuilder($"{title}:\n\n").AppendLine("| dense model | per second, best | median | ratio of best | ratio of medians |").AppendLine("|---|---:|---:|---:|---:|");
        foreach (Measurement one in measured)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {one.Name} | {one.Best:N1} | {one.Median:N1} | {one.Best / measured[0].Best:N2} | {one.Median / measured[0].Median:N2} |");
        }

        return table.ToString();
    }

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime / Environment.ProcessorCount;
    }

    private static DenseEmbeddingGenerator Load(Action<DenseEmbeddingGeneratorOptions> set)
    {
        var options = new DenseEmbeddingGeneratorOptions(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));
        set(options);
        return DenseEmbeddingGenerator.CreateAsync(options).GetAwaiter().GetResult();
    }

    private static long Encode(DenseEmbeddingGenerator dense, string[] texts) => dense.GenerateAsync(texts).GetAwaiter().GetResult().Count;

    private static long Add(SpladeEmbeddingGenerator sparse, DenseEmbeddingGenerator dense, string[] texts)
    {
        using var store = EmbeddedHybridStore.CreateInMemory();
        var retriever = new HybridRetriever(store, sparse, dense);
        return retriever.AddAsync(texts.Select((text, i) => new HybridText($"{i}", text))).GetAwaiter().GetResult().Added;
    }

    private static long Ask(SpladeEmbeddingGenerator sparse, DenseEmbeddingGenerator dense)
    {
        using var store = EmbeddedHybridStore.CreateInMemory();
        var retriever = new HybridRetriever(store, sparse, dense);
        for (int i = 0; i < Queries; i++)
        {
            retriever.EncodeQueryAsync(Query).GetAwaiter().GetResult();
        }

        return Queries;
    }
}
