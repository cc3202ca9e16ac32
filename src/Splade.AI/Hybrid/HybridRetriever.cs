using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>Adds texts to a store and searches it by text: encodes with a sparse and a dense generator on the way.</summary>
/// <remarks>
/// Safe for concurrent use, as its parts are. It owns neither the store nor the generators: whoever made them disposes of them.
/// Texts are encoded as <see cref="EmbeddingInputType.Document"/>, queries as <see cref="EmbeddingInputType.Query"/>, through
/// <see cref="SpladeEmbeddingGenerationOptions"/>; generators that do not know these options ignore them. The store is told of both models
/// (<see cref="HybridModels"/>), and refuses vectors of others than those it has.
/// </remarks>
public sealed partial class HybridRetriever
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

    /// <summary>The best records of the store for a query in words.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">How to search; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException">The store's vectors come from other models; the message says in which ways they are others.</exception>
    /// <exception cref="NotSupportedException">The sparse model requires the inverse document frequency, and the store does not supply it.</exception>
    /// <exception cref="InvalidOperationException">A generator did not return exactly one embedding.</exception>
    public async Task<HybridSearchResult> SearchAsync(
        string query, HybridRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options = options?.Clone() ?? new HybridRetrievalOptions();
        EncodedQuery encoded = await EncodeQueryAsync(query, options.Mode, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<HybridHit> hits = await SearchAsync(encoded, options, cancellationToken).ConfigureAwait(false);
        return new HybridSearchResult(hits, encoded.Sparse, encoded.IsTruncated);
    }

    /// <summary>The record with an id, from the store; null if there is none.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _store.GetAsync(id, cancellationToken);
    }

    /// <summary>Encodes a query, to ask for it once or several times.</summary>
    /// <param name="query">The query.</param>
    /// <param name="mode">What is ranked by: only the vectors that it needs are made.</param>
    /// <param name="cancellationToken">Ends the encoding early.</param>
    /// <returns>The vectors of the query.</returns>
    /// <exception cref="InvalidOperationException">A generator did not return exactly one embedding.</exception>
    public async Task<EncodedQuery> EncodeQueryAsync(
        string query, SearchMode mode = SearchMode.Hybrid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        (GeneratedEmbeddings<SparseEmbedding>? sparse, GeneratedEmbeddings<Embedding<float>>? dense) =
            await BothSides.EncodeAsync(
                mode.UsesSparse() ? _sparse : null, mode.UsesDense() ? _dense : null, [query], EmbeddingInputType.Query, cancellationToken).ConfigureAwait(false);

        // Asked after the encoding: a generator that loads its model on the first call has loaded it then.
        var models = HybridModels.Of(mode.UsesSparse() ? _sparse : null, mode.UsesDense() ? _dense : null);
        return new EncodedQuery(mode, sparse?[0].Vector, dense?[0].Vector, models, CountTruncated(sparse) + CountTruncated(dense) > 0) { Text = query };
    }

    /// <summary>Finds the best records of the store for a query that is encoded already.</summary>
    /// <param name="query">The query. Where there is a <see cref="Reranker"/>, it needs its <see cref="EncodedQuery.Text"/>.</param>
    /// <param name="options">How to search, but for the mode, which is the query's; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The records, best first.</returns>
    /// <exception cref="ArgumentException">The store's vectors come from other models; the message says in which ways they are others.</exception>
    /// <exception cref="NotSupportedException">The sparse model requires the inverse document frequency, and the store does not supply it.</exception>
    public Task<IReadOnlyList<HybridHit>> SearchAsync(
        EncodedQuery query, HybridRetrievalOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new HybridRetrievalOptions();
        if (query.Mode.UsesSparse())
        {
            RequireIdf(query.Models);
        }

        var asked = new HybridQuery
        {
            Sparse = query.Sparse,
            Dense = query.Dense,
            Mode = query.Mode,
            Top = Math.Max(options.Top, CountReranked(query, options)),
            Candidates = options.Candidates,
            Fusion = options.Fusion,
            Filter = options.Filter,
            Models = query.Models,
        };
        return RerankAsync(query, options, _store.SearchAsync(asked, cancellationToken), cancellationToken);
    }

    /// <exception cref="NotSupportedException">The sparse vectors lack the inverse document frequency, and the store does not supply it.</exception>
    private void RequireIdf(HybridModels models)
    {
        if (models.Sparse is { RequiresIdf: true } sparse && !_store.SuppliesIdf)
        {
            throw new NotSupportedException(
                $"Found the store {_store.GetType()}, which does not multiply by the inverse document frequency, expected one that does: "
                + $"the vectors of '{sparse.ModelName}' lack it, and without it their ranking is poor. Use an {nameof(EmbeddedHybridStore)}, "
                + $"or implement {nameof(IHybridStore)}.{nameof(IHybridStore.SuppliesIdf)}, or use a sparse model that does not require it.");
        }
    }

    /// <summary>A service of the sparse generator, such as the engine under it; null if it has none of that type.</summary>
    internal object? GetSparseService(Type type) => _sparse.GetService(type);

    /// <summary>What the store multiplies the weights of a query by; null where the sparse model needs nothing of the kind.</summary>
    /// <exception cref="NotSupportedException">The store does not tell.</exception>
    internal async Task<Func<int, double>?> GetIdfAsync(SparseVector query, CancellationToken cancellationToken)
    {
        if (GetSparseService(typeof(SparseModelIdentity)) is not SparseModelIdentity { RequiresIdf: true })
        {
            return null;
        }

        int[] positions = [.. query.Indices];
        IReadOnlyList<float> found = await _store.GetIdfAsync(positions, cancellationToken).ConfigureAwait(false);
        Dictionary<int, float> frequencies = positions.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second);
        return position => frequencies.GetValueOrDefault(position);
    }

    private static int CountTruncated(GeneratedEmbeddings<SparseEmbedding>? embeddings) =>
        embeddings?.Count(embedding => embedding.Truncated) ?? 0;

    private static int CountTruncated(GeneratedEmbeddings<Embedding<float>>? embeddings) =>
        embeddings?.Usage?.AdditionalCounts?.TryGetValue(SpladeTelemetry.TruncatedInputs, out long count) is true ? checked((int)count) : 0;
}
