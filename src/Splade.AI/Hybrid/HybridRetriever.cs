using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>Adds texts to a store and searches it by text: encodes on the way, with a generator for each leg of the search.</summary>
/// <remarks>
/// Safe for concurrent use, as its parts are. It owns neither the store nor the generators: whoever made them disposes of them.
/// Texts are encoded as <see cref="EmbeddingInputType.Document"/>, queries as <see cref="EmbeddingInputType.Query"/>, through
/// <see cref="SpladeEmbeddingGenerationOptions"/>; generators that do not know these options ignore them. The store is told of all models
/// (<see cref="HybridModels"/>), and refuses vectors of others than those it has.
/// </remarks>
public sealed partial class HybridRetriever
{
    private readonly IHybridStore _store;

    /// <summary>Creates a retriever over a store with one sparse and one dense vector (<see cref="HybridSchema.Default"/>).</summary>
    /// <param name="store">Where the texts are kept.</param>
    /// <param name="sparse">Makes the sparse vectors; the model must be the one that the store's vectors come from.</param>
    /// <param name="dense">Makes the dense vectors; the model must be the one that the store's vectors come from.</param>
    /// <exception cref="ArgumentException">The store has other vectors.</exception>
    public HybridRetriever(
        IHybridStore store, IEmbeddingGenerator<string, SparseEmbedding> sparse, IEmbeddingGenerator<string, Embedding<float>> dense)
        : this(
            store,
            new HybridLeg(HybridSchema.SparseName, sparse ?? throw new ArgumentNullException(nameof(sparse))),
            new HybridLeg(HybridSchema.DenseName, dense ?? throw new ArgumentNullException(nameof(dense))))
    {
    }

    /// <summary>Creates a retriever over a store with any vectors.</summary>
    /// <param name="store">Where the texts are kept.</param>
    /// <param name="legs">
    /// What makes the vectors, each under a name of the store's; the models must be those that the store's vectors come from. Vectors of the store that no
    /// leg makes are neither searched nor written.
    /// </param>
    /// <exception cref="ArgumentException">There is no leg, two have one name, or the store has no vector of a leg's name and kind.</exception>
    public HybridRetriever(IHybridStore store, params IEnumerable<HybridLeg> legs)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(legs);
        _store = store;
        HybridLeg[] given = [.. legs];
        if (given.Length == 0 || given.Contains(null) || given.DistinctBy(leg => leg.Name, StringComparer.Ordinal).Count() < given.Length)
        {
            throw new ArgumentException("Found no leg, null, or two of one name, expected one for each vector that is searched.", nameof(legs));
        }

        if (Array.Find(given, leg => store.Schema.Find(leg.Name)?.Kind != leg.Kind) is { } other)
        {
            throw new ArgumentException(
                $"Found a leg of the {other.Kind} vector '{other.Name}', expected one of the store's: {store.Schema}. "
                + "Open the store with the schema of the legs, or name them as the store does.",
                nameof(legs));
        }

        Legs = [.. given.OrderBy(leg => store.Schema.Vectors.Index().First(vector => vector.Item.Name == leg.Name).Index)];
    }

    /// <summary>Gets the legs of the search, in the order of the store's schema.</summary>
    public IReadOnlyList<HybridLeg> Legs { get; }

    /// <summary>The best records of the store for a query in words.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">How to search; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException">The store's vectors come from other models; the message says in which ways they are others.</exception>
    /// <exception cref="NotSupportedException">
    /// A sparse model requires the inverse document frequency, and the store does not supply it; or no leg is of the kind that the mode ranks by.
    /// </exception>
    /// <exception cref="InvalidOperationException">A generator did not return exactly one embedding.</exception>
    public async Task<HybridSearchResult> SearchAsync(
        string query, HybridRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options = options?.Clone() ?? new HybridRetrievalOptions();
        EncodedQuery encoded = await EncodeQueryAsync(query, options.Mode, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<HybridHit> hits = await SearchAsync(encoded, options, cancellationToken).ConfigureAwait(false);
        return new HybridSearchResult(hits, encoded);
    }

    /// <summary>The record with an id, from the store; null if there is none.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _store.GetAsync(id, HybridRecordParts.All, cancellationToken);
    }

    /// <summary>Encodes a query, to ask for it once or several times.</summary>
    /// <param name="query">The query.</param>
    /// <param name="mode">What is ranked by: only the vectors that it needs are made.</param>
    /// <param name="cancellationToken">Ends the encoding early.</param>
    /// <returns>The vectors of the query.</returns>
    /// <exception cref="NotSupportedException">No leg is of the kind that the mode ranks by.</exception>
    /// <exception cref="InvalidOperationException">A generator did not return exactly one embedding.</exception>
    public async Task<EncodedQuery> EncodeQueryAsync(
        string query, SearchMode mode = SearchMode.Hybrid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        HybridLeg[] legs = [.. Legs.Where(leg => mode.Uses(leg.Kind))];
        if (legs.Length == 0)
        {
            throw new NotSupportedException(
                $"Found the mode {mode}, but no leg of that kind, only {string.Join(", ", Legs.Select(leg => $"'{leg.Name}' ({leg.Kind})"))}. Choose another mode.");
        }

        EncodedLeg[] encoded = await LegEncoder.EncodeAsync(legs, [query], EmbeddingInputType.Query, cancellationToken).ConfigureAwait(false);

        // Asked after the encoding: a generator that loads its model on the first call has loaded it then.
        var models = HybridModels.Of(legs);
        HybridQueryLeg[] vectors = [.. legs.Zip(encoded, (leg, made) => new HybridQueryLeg(leg.Name, made.Vectors[0]) { Weight = leg.Weight })];
        return new EncodedQuery(mode, vectors, models, encoded.Any(leg => leg.Truncated > 0)) { Text = query };
    }

    /// <summary>Finds the best records of the store for a query that is encoded already.</summary>
    /// <param name="query">The query. Where there is a <see cref="Reranker"/>, it needs its <see cref="EncodedQuery.Text"/>.</param>
    /// <param name="options">How to search, but for the mode, which is the query's; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The records, best first.</returns>
    /// <exception cref="ArgumentException">The store's vectors come from other models; the message says in which ways they are others.</exception>
    /// <exception cref="NotSupportedException">A sparse model requires the inverse document frequency, and the store does not supply it.</exception>
    public Task<IReadOnlyList<HybridHit>> SearchAsync(
        EncodedQuery query, HybridRetrievalOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new HybridRetrievalOptions();
        RequireIdf(query.Models);
        var asked = new HybridQuery
        {
            Legs = query.Legs,
            Mode = query.Mode,
            Top = Math.Max(options.Top, CountReranked(query, options)),
            Candidates = options.Candidates,
            Fusion = options.Fusion,
            Filter = options.Filter,
            Parts = options.Parts | (CountReranked(query, options) > 0 ? HybridRecordParts.Text : HybridRecordParts.None),
            Models = query.Models,
        };
        return RerankAsync(query, options, _store.SearchAsync(asked, cancellationToken), cancellationToken);
    }

    /// <summary>The name of the sparse vector that an encoder makes; null if none of the generators is over it.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="serviceType">As what generators give it.</param>
    internal string? FindVectorOf(object encoder, Type serviceType) => Legs
        .FirstOrDefault(leg => leg.Kind == VectorKind.Sparse && ReferenceEquals(leg.Generator.GetService(serviceType), encoder))?.Name;

    /// <exception cref="NotSupportedException">Sparse vectors lack the inverse document frequency, and the store does not supply it.</exception>
    private void RequireIdf(HybridModels models)
    {
        if (!_store.Features.SuppliesIdf && models.Sparse.Values.FirstOrDefault(model => model.RequiresIdf) is { } sparse)
        {
            throw new NotSupportedException(
                $"Found the store {_store.GetType()}, which does not multiply by the inverse document frequency, expected one that does: "
                + $"the vectors of '{sparse.ModelName}' lack it, and without it their ranking is poor. Use an {nameof(EmbeddedHybridStore)}, "
                + $"or a store whose {nameof(IHybridStore.Features)} say {nameof(HybridStoreFeatures.SuppliesIdf)}, or a sparse model that does not require it.");
        }
    }

    /// <summary>What the store multiplies the weights of a query by; null where the sparse model needs nothing of the kind.</summary>
    /// <exception cref="NotSupportedException">The store does not tell.</exception>
    internal async Task<Func<int, double>?> GetIdfAsync(string vector, SparseVector query, CancellationToken cancellationToken)
    {
        if (Legs.First(leg => leg.Name == vector).Service<SparseModelIdentity>() is not { RequiresIdf: true })
        {
            return null;
        }

        int[] positions = [.. query.Indices];
        IReadOnlyList<float> found = await _store.GetIdfAsync(vector, positions, cancellationToken).ConfigureAwait(false);
        Dictionary<int, float> frequencies = positions.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second);
        return position => frequencies.GetValueOrDefault(position);
    }
}
