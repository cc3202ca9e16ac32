using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Memory;

/// <summary>Whether memory grows while one engine encodes ten thousand documents, and by how much for a set of equal ones.</summary>
internal static class SoakBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--documents", "N", $"how many documents: {DefaultDocuments} unless given"),
        new("--contender", "ID", "which contender's memory is taken for 256 documents of 256 tokens: ours unless given"),
    ];

    private const int DefaultDocuments = 10_000;
    private const int Samples = 10;
    private const int EqualDocuments = 256;
    private const int EqualTokens = 256;

    /// <summary>What the second half may hold more than the first: allocators and the collector take that much by chance.</summary>
    private const long Noise = 32_000_000;

    private static string Model => Path.Combine(Repository.Models, "splade-tiny");

    public static Report Run(Arguments arguments)
    {
        int documents = arguments.Number("--documents") ?? DefaultDocuments;
        MemoryUse equal = MemoryCommand.Measure(Model, arguments.Text("--contender") ?? "ours", EqualDocuments, EqualTokens);
        SoakSample[] samples = Soak(documents);
        return new Report(
            "Soak",
            $"Resident memory of one engine on splade-tiny over {documents:N0} documents, in {Samples} calls after a first small one. "
            + "The managed heap is what is alive after the last collection.",
            [
                Format(samples) + "\n" + Verdict(samples),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{EqualDocuments} documents of {EqualTokens} tokens in one call, in a process of their own: {equal.Peak / 1e6:N0} MB at most, {equal.Growth / 1e6:N0} MB more than with the model loaded.\n"),
            ]);
    }

    /// <summary>Whether the most that was held in the second half is more than in the first, by more than chance.</summary>
    public static string Verdict(IReadOnlyList<SoakSample> samples)
    {
        SoakSample[] afterLoading = [.. samples.Skip(1)];
        long first = afterLoading.Take(afterLoading.Length / 2).Max(s => s.Resident);
        long second = afterLoading.Skip(afterLoading.Length / 2).Max(s => s.Resident);
        string verdict = second - first <= Noise ? "No growth" : "GROWS";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict}: at most {first / 1e6:N0} MB in the first half, {second / 1e6:N0} MB in the second (a difference of {Noise / 1e6:N0} MB is chance).\n");
    }

    private static SoakSample[] Soak(int documents)
    {
        using SpladeEngine engine = SpladeEngine.CreateAsync(Model).GetAwaiter().GetResult();
        string[] texts = [.. Documents.ReadOrGenerate(new TextGenerator(engine.Tokenizer)).Sample(int.MaxValue).Repeat(documents)];
        Encode(engine, ["one short text"]);
        var samples = new List<SoakSample> { SoakSample.Take(0) };
        foreach (string[] part in texts.Chunk(Math.Max(1, documents / Samples)))
        {
            Encode(engine, part);
            samples.Add(SoakSample.Take(samples[^1].Documents + part.Length));
            Console.Error.WriteLine($"> {samples[^1].Documents} documents, {samples[^1].Resident / 1_000_000} MB");
        }

        return [.. samples];
    }

    private static void Encode(SpladeEngine engine, string[] texts) => engine.EncodeAsync(texts).GetAwaiter().GetResult();

    private static string Format(IEnumerable<SoakSample> samples)
    {
        StringBuilder table = new StringBuilder().AppendLine("| documents | resident MB | managed heap MB |").AppendLine("|---:|---:|---:|");
        foreach (SoakSample sample in samples)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {sample.Documents:N0} | {sample.Resident / 1e6:N0} | {sample.Managed / 1e6:N0} |");
        }

        return table.ToString();
    }
}
