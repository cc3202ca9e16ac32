using System.Diagnostics;
using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.AI.Onnx;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Models;

namespace Splade.Benchmarks.Gpu;

/// <summary>How fast a graphics card encodes, and whether its vectors are those of the processors.</summary>
internal static class GpuBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--provider", "cuda|cpu", "what runs the graph for graphics cards: cuda unless given; cpu proves the way, and is slow"),
        new("--size", "minilm|base", "the size of the models, whose weights are random: base unless given"),
        new("--documents", "N", $"how many documents a round encodes: {DefaultDocuments} unless given"),
        new("--rounds", "N", $"how many rounds: {DefaultRounds} unless given"),
    ];

    private const int DefaultDocuments = 4000;
    private const int DefaultRounds = 3;
    private const int TokensOfADocument = 200;
    private const int TokensOfAQuery = 16;
    private const int Queries = 200;
    private const int Checked = 4;

    /// <summary>What sums in another order may change, of weights of about 1.</summary>
    private const float ToleranceOfFloats = 2e-5f;

    /// <summary>The least cosine with float32 vectors: 11 bits of each number are left.</summary>
    private const double LeastCosineOfHalves = 0.999;

    public static Report Run(Arguments arguments)
    {
        bool onCard = (arguments.Text("--provider") ?? "cuda") switch
        {
            "cuda" => true,
            "cpu" => false,
            string other => throw new UsageException($"--provider is '{other}', expected cuda or cpu."),
        };
        BertShape shape = (arguments.Text("--size") ?? "base") switch
        {
            "base" => BertShape.Base,
            "minilm" => BertShape.MiniLm,
            string other => throw new UsageException($"--size is '{other}', expected base or minilm."),
        };
        int documents = arguments.Number("--documents") ?? DefaultDocuments, rounds = arguments.Number("--rounds") ?? DefaultRounds;
        var report = new Report(
            "Graphics card",
            $"Documents of {TokensOfADocument} tokens per second from text to sparse vector on {(onCard ? "cuda:0" : "the processors, with the graph for graphics cards")}, "
            + $"the best and the median of {rounds} rounds of {documents} documents after a warm-up; milliseconds of {Queries} queries of {TokensOfAQuery} tokens, one after "
            + $"the other. The vectors of {Checked} documents and {Checked} queries are compared with those of float32 on the processors: in 32 bits they may differ by "
            + $"{ToleranceOfFloats:G1} with the same entries, in 16 bits the cosine is to be at least {LeastCosineOfHalves}.",
            []);
        if (onCard && ExecutionDevice.FindAll()[1].Obstacle is string obstacle)
        {
            return report with { Failure = $"nothing was measured: {obstacle} See docs/gpu.md." };
        }

        var rows = new List<Row>();
        using (SpladeEngine reference = Load(RandomModel.Ensure(shape), onCard: false, DecoderPlace.Managed))
        {
            var texts = new TextGenerator(reference.Tokenizer);
            foreach (BertShape one in new[] { shape, shape.Half })
            {
                rows.Add(Measure(one, onCard, texts, reference, documents, rounds));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"> {one.Name}: {rows[^1].Rates.At(1):N1} documents/s"));
            }
        }

        return report with { Tables = [Format(rows)], Failure = rows.Select(r => r.Problem).FirstOrDefault(p => p is not null) };
    }

    private static Row Measure(BertShape shape, bool onCard, TextGenerator generator, SpladeEngine reference, int documents, int rounds)
    {
        using SpladeEngine engine = Load(RandomModel.Ensure(shape), onCard, DecoderPlace.TiledGraph);
        string[] texts = [.. Enumerable.Range(0, documents).Select(i => generator.Text(TokensOfADocument, seed: i))];
        string[] queries = [.. Enumerable.Range(0, Queries).Select(i => generator.Text(TokensOfAQuery, seed: i))];
        string[] both = [.. texts.Take(Checked), .. queries.Take(Checked)];
        var agreement = Agreement.Of(Encode(reference, both), Encode(engine, both));
        Encode(engine, texts.AsSpan(0, Math.Min(documents, 256)).ToArray());
        var rates = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Encode(engine, texts);
            rates.Add(documents / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        double[] times = [.. queries.Select(query =>
        {
            long start = Stopwatch.GetTimestamp();
            Encode(engine, [query]);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        })];
        bool isSame = shape.IsHalf ? agreement.MeanCosine >= LeastCosineOfHalves : agreement.EntriesApart == 0 && agreement.LargestDifference <= ToleranceOfFloats;
        return new Row(shape, new Percentiles(rates), new Percentiles(times), agreement)
        {
            Problem = isSame ? null : $"the vectors of {shape.Name} are not those of the processors: they differ by up to {agreement.LargestDifference:G3}, "
                + $"{agreement.EntriesApart} entries come or go, the mean cosine is {agreement.MeanCosine:N5}.",
        };
    }

    private static SpladeEngine Load(string folder, bool onCard, DecoderPlace place) => SpladeEngine.CreateAsync(new SpladeEngineOptions(folder)
    {
        ExecutionProvider = onCard ? ExecutionProvider.Cuda : ExecutionProvider.Cpu,
        DecoderPlace = place,
    }).GetAwaiter().GetResult();

    private static SparseVector[] Encode(SpladeEngine engine, string[] texts) =>
        [.. engine.EncodeAsync(texts).GetAwaiter().GetResult().Select(e => e.Vector)];

    private static string Format(List<Row> rows)
    {
        var table = new StringBuilder()
            .AppendLine("| model | docs/s, best | docs/s, median | query p50, ms | p99, ms | largest difference | entries apart | mean cosine |")
            .AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (Row row in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {row.Shape.Name} | {row.Rates.At(1):N1} | {row.Rates.Median:N1} | {row.Queries.Median:N2} | {row.Queries.At(0.99):N2} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {row.Agreement.LargestDifference:0.0e0} | {row.Agreement.EntriesApart} | {row.Agreement.MeanCosine:N6} |");
        }

        return table.ToString();
    }

    private sealed record Row(BertShape Shape, Percentiles Rates, Percentiles Queries, Agreement Agreement)
    {
        public string? Problem { get; init; }
    }
}
