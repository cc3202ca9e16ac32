using RagChat.Documents;
using Splade.AI;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;
using Splade.AI.Tokenization;

namespace RagChat.Answering;

/// <summary>The two models that come with the sample: a sparse and a dense one.</summary>
internal sealed class EmbeddedModels : IAsyncDisposable
{
    private readonly SpladeEngine _engine;

    private EmbeddedModels(SpladeEngine engine, DenseEmbeddingGenerator dense)
    {
        _engine = engine;
        Sparse = new SpladeEmbeddingGenerator(engine);
        Dense = dense;
    }

    public SpladeEmbeddingGenerator Sparse { get; }

    public DenseEmbeddingGenerator Dense { get; }

    /// <summary>Loads both models, at once. Documents are strangers' texts: special tokens written in them stay text.</summary>
    /// <param name="folder">The folder that holds the models' folders.</param>
    /// <param name="cancellationToken">Observed while the models are loaded.</param>
    /// <exception cref="SpladeModelException">A model is missing or damaged.</exception>
    public static async Task<EmbeddedModels> LoadAsync(string folder, CancellationToken cancellationToken = default)
    {
        Task<DenseEmbeddingGenerator> dense = DenseEmbeddingGenerator.CreateAsync(
            new DenseEmbeddingGeneratorOptions(Path.Combine(folder, "all-minilm-l6-v2-int8")) { SpecialTokensInText = false }, cancellationToken);
        Task<SpladeEngine> sparse = SpladeEngine.CreateAsync(
            new SpladeEngineOptions(Path.Combine(folder, "splade-tiny")) { SpecialTokensInText = false }, cancellationToken);
        try
        {
            return new EmbeddedModels(await sparse, await dense);
        }
        catch
        {
            await Task.WhenAll(DisposeLoadedAsync(sparse), DisposeLoadedAsync(dense));
            throw;
        }
    }

    /// <summary>What encodes into a store, and searches it.</summary>
    public HybridRetriever CreateRetriever(IHybridStore store) => new(store, Sparse, Dense);

    /// <summary>Which models the vectors of both come from.</summary>
    public HybridModels Identity => HybridModels.Of(Sparse, Dense);

    /// <summary>A splitter whose passages both models read to their ends. Both have the same tokenizer.</summary>
    public PassageSplitter CreateSplitter()
    {
        var counting = new TokenizationOptions { AddSpecialTokens = false, SpecialTokensInText = false };
        int room = Math.Min(_engine.MaxTokens, Dense.Model.MaxTokens) - _engine.Tokenizer.SpecialTokenCount;
        return new PassageSplitter(room, text => _engine.Tokenizer.CountTokens(text, counting));
    }

    /// <summary>Explains the sparse score of a passage: which words of the question and of the passage met.</summary>
    /// <param name="query">The question's sparse vector.</param>
    /// <param name="question">The question.</param>
    /// <param name="source">The passage.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public Task<MatchExplanation> ExplainAsync(SparseVector query, string question, Source source, CancellationToken cancellationToken) =>
        _engine.ExplainMatchAsync(query, source.Hit.Record.Sparse, question, source.Passage.TextToEncode, cancellationToken: cancellationToken);

    private static async Task DisposeLoadedAsync<T>(Task<T> loading)
        where T : IAsyncDisposable
    {
        await loading.ContinueWith(_ => { }, TaskScheduler.Default);
        if (loading.IsCompletedSuccessfully)
        {
            await loading.Result.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Dense.DisposeAsync();
        await _engine.DisposeAsync();
    }
}
