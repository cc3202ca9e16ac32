using System.Numerics.Tensors;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Tokenization;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Searching;
using Splade.Benchmarks.Tokenization;
using Splade.Testing.Bm25;
using Splade.Testing.Tokenization;

namespace Splade.Benchmarks.Guarding;

/// <summary>What is guarded. A new promise is a line here, and what prepares it below.</summary>
internal static class Promises
{
    public static IReadOnlyList<Promise> All { get; } =
    [
        new("tokenize, WordPiece", 12, () => Tokenize(TokenizerVariant.SpladeTinyPath, path => new PlainWordPiece(Tokenizer.Load(path).Vocabulary, lowercase: true))),
        new("tokenize, byte-level BPE", 11, () => Tokenize(TokenizerVariant.PathOf("random-roberta-bpe"), path => new PlainByteBpe(path))),
        new("tokenize, Unigram", 3, () => Tokenize(TokenizerVariant.PathOf("random-xlmr-unigram"), path => new PlainUnigram(path))),
        new("encode with splade-tiny", 1.2, EncodeWithModel),
        new("encode with BM25", 3, EncodeWithBm25),
        new("encode a query without the model", 10, LookUpQuery),
        new("search sparse vectors", 2, SearchSparse),
        new("search dense vectors", 2, SearchDense),
        new("search a store by both", 2, SearchStore),
    ];

    private const int Documents = 50_000;
    private const int DenseDimensions = 384;

    private static (Contender Obvious, Contender Ours) Tokenize(string path, Func<string, PlainTokenizer> obvious)
    {
        IReadOnlyList<string> texts = EnglishTexts.ReadPassages().Texts;
        PlainTokenizer plain = obvious(path);
        var tokenizer = Tokenizer.Load(path);
        return (
            new("strings and dictionaries", () => texts.Sum(text => plain.Encode(text).Count)),
            new("Tokenizer", () => texts.Sum(text => tokenizer.Encode(text).Count)));
    }

    private static (Contender Obvious, Contender Ours) EncodeWithModel()
    {
        IReadOnlyList<string> texts = new TextGenerator(Tokenizer.Load(TokenizerVariant.SpladeTinyPath)).LikeCranfield().Sample(16).Texts;
        string folder = Path.Combine(Repository.Models, "splade-tiny");
        var loop = new CarefulLoop(new EncoderContext(folder).Resting, batchSize: 1);
        var engine = new EngineEncoder(new SpladeEngineOptions(folder));
        return (new("a careful loop over ONNX Runtime", () => loop.Encode(texts).Count), new("SpladeEngine", () => engine.Encode(texts).Count));
    }

    private static (Contender Obvious, Contender Ours) EncodeWithBm25()
    {
        IReadOnlyList<string> texts = EnglishTexts.ReadPassages().Texts;
        var generator = new Bm25EmbeddingGenerator();
        return (
            new("its steps written plainly", () => texts.Sum(text => Math.Sign(PlainBm25.Encode(text, EmbeddingInputType.Document).Count))),
            new("Bm25EmbeddingGenerator", () => texts.Sum(text => generator.GenerateAsync([text]).GetAwaiter().GetResult().Count)));
    }

    private static (Contender Obvious, Contender Ours) LookUpQuery()
    {
        SpladeEngine model = SpladeEngine.CreateAsync(Path.Combine(Repository.Models, "splade-tiny")).GetAwaiter().GetResult();
        SpladeEngine table = SpladeEngine.CreateAsync(Path.Combine(Repository.TestData, "models", "inference-free-idf")).GetAwaiter().GetResult();
        return (new("the model", () => Encode(model)), new("inference-free", () => Encode(table)));

        static long Encode(SpladeEngine engine)
        {
            string[] query = ["which planet is known as the red planet of mars"];
            return engine.EncodeAsync(query, new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }).GetAwaiter().GetResult().Count;
        }
    }

    private static (Contender Obvious, Contender Ours) SearchSparse()
    {
        (SparseVector[] documents, SparseVector[] queries) = SparseVectors(Documents);
        var index = new SparseIndex<int>(new SearchIndexOptions { SearchThreads = 1 });
        index.Upsert(documents.Select((document, row) => (row, document)));
        index.ForceMergeAsync().GetAwaiter().GetResult();
        var loop = new PostingLoop(documents);
        return (
            new("a posting loop", () => queries.Sum(query => loop.Search(query, SearchRun.Top).Length)),
            new("SparseIndex", () => queries.Sum(query => index.Search(query, SearchRun.Top).Count)));
    }

    private static (Contender Obvious, Contender Ours) SearchDense()
    {
        (float[][] documents, float[][] queries) = DenseVectors(Documents);
        var index = new DenseIndex<int>(SimilarityFunction.Dot, new SearchIndexOptions { SearchThreads = 1 });
        index.Upsert(documents.Select((document, row) => (row, (ReadOnlyMemory<float>)document)));
        index.ForceMergeAsync().GetAwaiter().GetResult();
        return (
            new("the product with each", () => queries.Sum(query => ProductWithEach(documents, query).Length)),
            new("DenseIndex", () => queries.Sum(query => index.Search(query, SearchRun.Top).Count)));
    }

    private static (Contender Obvious, Contender Ours) SearchStore()
    {
        const int Records = Documents / 5;
        (SparseVector[] sparse, SparseVector[] sparseQueries) = SparseVectors(Records);
        (float[][] dense, float[][] denseQueries) = DenseVectors(Records);
        EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory();
        store.UpsertAsync(sparse.Select((vector, i) => new HybridRecord($"{i}", $"text {i}", vector, dense[i]))).GetAwaiter().GetResult();
        store.ForceMergeAsync().GetAwaiter().GetResult();
        return (
            new("scoring each by both", () => sparseQueries.Zip(denseQueries).Sum(
                query => ScoreEach.Search(sparse, query.First, 100).Length + ProductWithEach(dense, query.Second).Length > 0 ? 1 : 0)),
            new("EmbeddedHybridStore", () => sparseQueries.Zip(denseQueries).Sum(query => Math.Sign(store.SearchAsync(
                new HybridQuery { Sparse = query.First, Dense = query.Second, Top = SearchRun.Top }).GetAwaiter().GetResult().Count))));
    }

    private static (int Row, float Score)[] ProductWithEach(float[][] documents, float[] query) =>
        PostingLoop.Best(Array.ConvertAll(documents, document => TensorPrimitives.Dot<float>(document, query)), SearchRun.Top);

    private static (SparseVector[] Documents, SparseVector[] Queries) SparseVectors(int count)
    {
        var generated = new GeneratedVectors(seed: 1);
        return ([.. Enumerable.Range(0, count).Select(_ => generated.Document())], [.. Enumerable.Range(0, 20).Select(_ => generated.Query())]);
    }

    private static (float[][] Documents, float[][] Queries) DenseVectors(int count)
    {
        var random = new Random(1);
        return ([.. Enumerable.Range(0, count).Select(_ => Vector())], [.. Enumerable.Range(0, 20).Select(_ => Vector())]);

        float[] Vector() => [.. Enumerable.Range(0, DenseDimensions).Select(_ => random.NextSingle() - 0.5f)];
    }
}
