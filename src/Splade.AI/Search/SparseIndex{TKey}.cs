using System.Diagnostics.CodeAnalysis;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Search;

/// <summary>Sparse vectors by key, in memory or in a folder, searched exactly.</summary>
/// <typeparam name="TKey">The type of the keys: <see cref="string"/>, a number, <see cref="Guid"/> or another type with value equality.</typeparam>
/// <remarks>
/// <para>
/// Safe for concurrent use. Readers never wait: each call reads the snapshot that the last finished write published, and a batch is
/// published as a whole. Writers wait for each other.
/// </para>
/// <para>
/// Results are those of scoring every vector: the same keys in the same order, with the scores of
/// <see cref="SparseVector.Dot(SparseVector)"/>, bit for bit, of the query as it is, or multiplied by the inverse document frequency where
/// <see cref="SuppliesIdf"/> is true. Equal scores are ordered by insertion, the earlier one first; putting in an
/// existing key counts as a new insertion. All vectors have the <see cref="SparseVector.Dimensions"/> of the first one; an index that was
/// emptied takes those of the next.
/// </para>
/// <para>
/// What was put in last is kept in a table, and scored vector by vector; every thousand vectors it becomes a segment, in which terms list
/// their vectors. Segments are merged in the background. <see cref="VectorIndex{TKey}.ForceMergeAsync"/> makes one of all.
/// </para>
/// </remarks>
public sealed class SparseIndex<TKey> : VectorIndex<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    private readonly SearchThreads _threads;
    private readonly SegmentedTable<TKey, SparseVector> _table;

    /// <summary>An empty index in memory.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    public SparseIndex(SearchIndexOptions? options = null)
        : this(options, new SegmentedTable<TKey, SparseVector>(new SparseSegments()))
    {
    }

    internal SparseIndex(SearchIndexOptions? options, SegmentedTable<TKey, SparseVector> table)
        : base(table)
    {
        options ??= new SearchIndexOptions();
        _threads = new SearchThreads(options.SearchThreads);
        _table = table;
        SuppliesIdf = options.SuppliesIdf || IsIdfOf(options.EmbeddingSpace) || IsIdfOf(table.EmbeddingSpace);
    }

    /// <summary>
    /// Gets a value indicating whether the weights of queries are multiplied by the inverse document frequency
    /// (<see cref="SearchIndexOptions.SuppliesIdf"/>): because the options, their space or the folder's say so.
    /// </summary>
    public bool SuppliesIdf { get; }

    /// <summary>Gets the inverse document frequencies of positions as they are now, whether or not queries are multiplied by them.</summary>
    /// <param name="positions">The positions, in any order.</param>
    /// <returns>For each position <c>ln((n - df + 0.5) / (df + 0.5) + 1)</c>, above 0 (<see cref="SearchIndexOptions.SuppliesIdf"/>).</returns>
    public IReadOnlyList<float> GetIdf(IReadOnlyList<int> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        using StateReading<TKey, SparseVector> reading = _table.Read();
        return DocumentFrequencies.Of(reading.State, SparseSegments.Vectors, positions);
    }

    /// <summary>Gets the vector under a key.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(TKey key, [NotNullWhen(true)] out SparseVector? vector)
    {
        ArgumentNullException.ThrowIfNull(key);
        using StateReading<TKey, SparseVector> reading = _table.Read();
        return reading.State.TryGet(key, out vector);
    }

    /// <summary>Puts a vector in, in place of the one under the same key if there is one.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions than those in the index.</exception>
    public void Upsert(TKey key, SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(vector);
        _table.Upsert([KeyValuePair.Create(key, vector)], nameof(vector));
    }

    /// <summary>Puts many vectors in at once: readers see all of them or none. Of several with one key the last stays.</summary>
    /// <exception cref="ArgumentException">A key or vector is null, or a vector has other dimensions; nothing was put in.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was put in.</exception>
    public void Upsert(IEnumerable<(TKey Key, SparseVector Vector)> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var batch = new List<KeyValuePair<TKey, SparseVector>>();
        foreach ((TKey key, SparseVector vector) in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (key is null || vector is null)
            {
                throw new ArgumentException($"The key or the vector at position {batch.Count} is null.", nameof(items));
            }

            batch.Add(KeyValuePair.Create(key, vector));
        }

        _table.Upsert(batch, nameof(items));
    }

    /// <summary>The vectors with the highest scores against the query, best first; only scores above 0 are hits.</summary>
    /// <param name="query">The query. One without entries finds nothing.</param>
    /// <param name="top">How many hits at most, at least 1.</param>
    /// <param name="filter">Which keys may be hits; null for all. Called on the calling thread.</param>
    /// <param name="minimumScore">What the score of a hit must reach.</param>
    /// <param name="skip">How many of the best hits are left out, as for the next page of results.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <remarks>
    /// A search that is the only one takes all processors (<see cref="SearchIndexOptions.SearchThreads"/>); one of several takes the calling thread,
    /// as one with a filter does. No more than two for each processor run at the same time: others wait for their turn.
    /// </remarks>
    /// <exception cref="ArgumentException">The query has other dimensions than the vectors in the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="top"/> is below 1, <paramref name="skip"/> below 0, or <paramref name="minimumScore"/> no number.
    /// </exception>
    public IReadOnlyList<SearchHit<TKey>> Search(
        SparseVector query,
        int top = 10,
        Func<TKey, bool>? filter = null,
        float minimumScore = 0,
        int skip = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfEqual(minimumScore, float.NaN);
        return Search(query, new SearchLimits<TKey>(top, filter, cancellationToken, Math.Max(minimumScore, float.Epsilon), skip));
    }

    /// <summary>Vectors with high scores against the query, best first, found in less time than the highest ones.</summary>
    /// <param name="query">The query. One without entries finds nothing.</param>
    /// <param name="approximation">How time may be saved.</param>
    /// <param name="top">How many hits at most, at least 1.</param>
    /// <param name="filter">Which keys may be hits; null for all. Called on the calling thread.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException">The query has other dimensions than the vectors in the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<SearchHit<TKey>> SearchApproximately(
        SparseVector query,
        SparseApproximation approximation,
        int top = 10,
        Func<TKey, bool>? filter = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approximation);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return Search(query, new SearchLimits<TKey>(top, filter, cancellationToken, float.Epsilon, Approximation: approximation));
    }

    private SearchHit<TKey>[] Search(SparseVector query, SearchLimits<TKey> limits)
    {
        ArgumentNullException.ThrowIfNull(query);
        using StateReading<TKey, SparseVector> reading = _table.Read();
        IndexState<TKey, SparseVector> state = reading.State;
        if (_table.DimensionsOf(state) is not int dimensions)
        {
            return [];
        }

        DimensionGuard.RequireEqual(query.Dimensions, dimensions, nameof(query));
        if (query.Count == 0)
        {
            return [];
        }

        SparseVector weighed = Weigh(state, query);
        return _threads.Run(
            mayShare: limits.Filter is null,
            threads => new SparseSearch<TKey, SparseVector>(state, SparseSegments.Vectors, weighed, limits).Run(threads),
            limits.CancellationToken);
    }

    /// <summary>The score of one vector against the query, 0 where they share nothing; null if there is no vector under the key.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions than the vectors in the index.</exception>
    public float? Score(TKey key, SparseVector query)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(query);
        using StateReading<TKey, SparseVector> reading = _table.Read();
        return reading.State.TryGet(key, out SparseVector? vector) ? Weigh(reading.State, query).Dot(vector) : null;
    }

    private SparseVector Weigh(IndexState<TKey, SparseVector> state, SparseVector query) =>
        SuppliesIdf ? DocumentFrequencies.Weigh(state, SparseSegments.Vectors, query) : query;

    private static bool IsIdfOf(IReadOnlyDictionary<string, string>? space) => space?.GetValueOrDefault(SpaceNames.Idf) == SpaceNames.IdfByStore;
}
