using Microsoft.Extensions.AI;
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
    private const int Queries = 40;
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
                + $"other; {rounds} rounds after a warm-up, the contenders in turn.",
                [
                    Table("documents of the dense model", "document", count, rounds, dense.Select(d => (Func<long>)(() => Encode(d, texts)))),
                    Table("documents of both, AddAsync", "document", count, rounds, dense.Select(d => (Func<long>)(() => Add(sparse, d, texts)))),
                    Table("queries of both", "query", Queries, rounds, dense.Select(d => (Func<long>)(() => Ask(sparse, d)))),
                ]);
        }
        finally
        {
            Array.ForEach(dense, d => d.Dispose());
        }
    }

    private static string Table(string title, string item, long items, int rounds, IEnumerable<Func<long>> runs)
    {
        Contender[] contenders = [.. Ways.Zip(runs, (way, run) => new Contender(way.Name, run))];
        Array.ForEach(contenders, contender => contender.Run());
        IReadOnlyList<Measurement> measured = FixedWork.Compare(contenders, rounds, Console.Error.WriteLine);
        return $"{title}:\n\n{new ContenderTable(item, item, items).Format(measured)}";
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
