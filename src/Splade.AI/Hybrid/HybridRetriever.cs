using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>Adds texts to a store and searches it by text: encodes with a sparse and a dense generator on the way.</summary>
/// <remarks>
/// Safe for concurrent use, as its parts are. It owns neither the store nor the generators: whoever made them disposes of them.
/// Texts are encoded as <see cref="SpladeInputType.Document"/>, queries as <see cref="SpladeInputType.Query"/>, through
/// <see cref="SpladeEmbeddingGenerationOptions"/>; generators that do not know these options ignore them.
/// </remarks>
public sealed class HybridRetriever
{
    private readonly IHybridStore _store;
    private readonly IEmbeddingGenerator<string, SparseEmbedding> _sparse;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _dense;

    /// <summary>Creates a retriever.</summary>
    /// <param name="store">Where the texts are kept.</param>
    /// <param name="sparse">Makes the sparse vectors; the model must be the one that the store's vectors come from.</param>
    /// <param name="dense">Makes the dense vectors; the model must be the one that the store's vectors come from.</param>
    public HybridRetriever(
        IHybridStore store, IEmbeddingGenerator<string, SparseEmbedding> sparse, IEmbeddingGenerator<string, Embedding<float>> dense)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(sparse);
        ArgumentNullException.ThrowIfNull(dense);
        _store = store;
        _sparse = sparse;
        _dense = dense;
    }

    /// <summary>Encodes texts and puts them into the store, 64 at a time: only so many are held in memory besides the store.</summary>
    /// <param name="texts">The texts. Of several with one id the last stays.</param>
    /// <param name="progress">Told after every 64 texts and at the end; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early. What was stored by then stays.</param>
    /// <exception cref="ArgumentException">A text is null. The 64s of texts before it are stored.</exception>
    /// <exception cref="InvalidOperationException">A generator returned another number of embeddings than it was given texts.</exception>
    public async Task<HybridAddResult> AddAsync(
        IEnumerable<HybridText> texts, IProgress<HybridProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int? total = texts.TryGetNonEnumeratedCount(out int count) ? count : null;
        var result = new HybridAddResult();
        foreach (HybridText[] window in texts.Chunk(HybridDefaults.Window))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Array.IndexOf(window, null) is int at and >= 0)
            {
                throw new ArgumentException($"The text at position {result.Added + at} is null.", nameof(texts));
            }

            HybridAddResult added = await AddWindowAsync(window, cancellationToken).ConfigureAwait(false);
            result = new HybridAddResult(
                result.Added + added.Added, result.SparseTruncated + added.SparseTruncated, result.DenseTruncated + added.DenseTruncated);
            progress?.Report(new HybridProgress(result.Added, total));
        }

        return result;
    }

    /// <summary>The best records of the store for a query in words.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">How to search; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException">The store's vectors come from other models.</exception>
    /// <exception cref="InvalidOperationException">A generator did not return exactly one embedding.</exception>
    public async Task<HybridSearchResult> SearchAsync(
        string query, HybridRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new HybridRetrievalOptions();
        GeneratedEmbeddings<SparseEmbedding>? sparse = options.Mode.UsesSparse()
            ? await EncodeAsync(_sparse, [query], SpladeInputType.Query, cancellationToken).ConfigureAwait(false)
            : null;
        GeneratedEmbeddings<Embedding<float>>? dense = options.Mode.UsesDense()
            ? await EncodeAsync(_dense, [query], SpladeInputType.Query, cancellationToken).ConfigureAwait(false)
            : null;
        var encoded = new HybridQuery
        {
            Sparse = sparse?[0].Vector,
            Dense = dense?[0].Vector,
            Mode = options.Mode,
            Top = options.Top,
            Depth = options.Depth,
            Fusion = options.Fusion,
        };
        IReadOnlyList<HybridHit> hits = await _store.SearchAsync(encoded, cancellationToken).ConfigureAwait(false);
        return new HybridSearchResult(hits, encoded.Sparse, CountTruncated(sparse) + CountTruncated(dense) > 0);
    }

    /// <summary>The record with an id, from the store; null if there is none.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _store.GetAsync(id, cancellationToken);
    }

    /// <summary>A service of the sparse generator, such as the engine under it; null if it has none of that type.</summary>
    internal object? GetSparseService(Type type) => _sparse.GetService(type);

    private async Task<HybridAddResult> AddWindowAsync(HybridText[] window, CancellationToken cancellationToken)
    {
        string[] texts = Array.ConvertAll(window, text => text.Text);
        var sparse = await EncodeAsync(_sparse, texts, SpladeInputType.Document, cancellationToken).ConfigureAwait(false);
        var dense = await EncodeAsync(_dense, texts, SpladeInputType.Document, cancellationToken).ConfigureAwait(false);
        IEnumerable<HybridRecord> records =
            window.Select((text, i) => new HybridRecord(text.Id, text.Text, sparse[i].Vector, dense[i].Vector, text.Metadata));
        await _store.UpsertAsync(records, cancellationToken).ConfigureAwait(false);
        return new HybridAddResult(window.Length, CountTruncated(sparse), CountTruncated(dense));
    }

    private static async Task<GeneratedEmbeddings<TEmbedding>> EncodeAsync<TEmbedding>(
        IEmbeddingGenerator<string, TEmbedding> generator, string[] texts, SpladeInputType inputType, CancellationToken cancellationToken)
        where TEmbedding : Embedding
    {
        var options = new SpladeEmbeddingGenerationOptions { InputType = inputType };
        GeneratedEmbeddings<TEmbedding> embeddings = await generator.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        return embeddings.Count == texts.Length
            ? embeddings
            : throw new InvalidOperationException(
                $"Found {embeddings.Count} embeddings for {texts.Length} texts, expected one for each. Check the generator {generator.GetType()}.");
    }

    private static int CountTruncated(GeneratedEmbeddings<SparseEmbedding>? embeddings) =>
        embeddings?.Count(embedding => embedding.Truncated) ?? 0;

    private static int CountTruncated(GeneratedEmbeddings<Embedding<float>>? embeddings) =>
        embeddings?.Usage?.AdditionalCounts?.TryGetValue(SpladeUsage.TruncatedInputs, out long count) is true ? checked((int)count) : 0;
}
