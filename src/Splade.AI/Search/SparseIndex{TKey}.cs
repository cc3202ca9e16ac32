using System.Diagnostics.CodeAnalysis;
using Splade.AI.Search.Segments;

namespace Splade.AI.Search;

/// <summary>Sparse vectors by key, in memory, searched exactly.</summary>
/// <typeparam name="TKey">The type of the keys: <see cref="string"/>, a number, <see cref="Guid"/> or another type with value equality.</typeparam>
/// <remarks>
/// <para>
/// Safe for concurrent use. Readers never wait: each call reads the snapshot that the last finished write published, and a batch is
/// published as a whole. Writers wait for each other.
/// </para>
/// <para>
/// Results are those of scoring every vector: the same keys in the same order, with the scores of
/// <see cref="SparseVector.Dot(SparseVector)"/>, bit for bit. Equal scores are ordered by insertion, the earlier one first; putting in an
/// existing key counts as a new insertion. All vectors have the <see cref="SparseVector.Dimensions"/> of the first one; an index that was
/// emptied takes those of the next.
/// </para>
/// <para>
/// What was put in last is kept in a table, and scored vector by vector; every thousand vectors it becomes a segment, in which terms list
/// their vectors. Segments are merged in the background. <see cref="OptimizeAsync"/> makes one of all.
/// </para>
/// </remarks>
public sealed partial class SparseIndex<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    private volatile IndexState<TKey> _state = IndexState<TKey>.Empty;
    private readonly SparseIndexOptions _options;
    private int _searches;

    /// <summary>How many vectors the index holds.</summary>
    public int Count => _state.Count;

    /// <summary>The size of the space of the vectors; null while the index is empty.</summary>
    public int? Dimensions => _state.Dimensions;

    /// <summary>The keys by insertion, as they are now: later writes do not show.</summary>
    public IEnumerable<TKey> Keys => _state.Keys;

    /// <summary>Whether the index holds a vector under the key.</summary>
    public bool Contains(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _state.TryGet(key, out _);
    }

    /// <summary>Gets the vector under a key.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(TKey key, [NotNullWhen(true)] out SparseVector? vector)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _state.TryGet(key, out vector);
    }

    /// <summary>The vectors with the highest scores against the query, best first; only scores above 0 are hits.</summary>
    /// <param name="query">The query. One without entries finds nothing.</param>
    /// <param name="top">How many hits at most, at least 1.</param>
    /// <param name="filter">Which keys may be hits; null for all. Called on the calling thread.</param>
    /// <param name="minimumScore">What the score of a hit must reach.</param>
    /// <param name="skip">How many of the best hits are left out, as for the next page of results.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <remarks>A search that is the only one takes all processors (<see cref="SparseIndexOptions.SearchThreads"/>); one of several takes the calling thread, as one with a filter does.</remarks>
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
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfEqual(minimumScore, float.NaN);
        IndexState<TKey> state = _state;
        if (state.Dimensions is not int dimensions)
        {
            return [];
        }

        DimensionGuard.RequireEqual(query.Dimensions, dimensions, nameof(query));
        return query.Count == 0 ? [] : Search(state, query, new SearchLimits<TKey>(top, filter, minimumScore, skip, cancellationToken));
    }

    /// <summary>The score of one vector against the query, 0 where they share nothing; null if there is no vector under the key.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions than the vectors in the index.</exception>
    public float? Score(TKey key, SparseVector query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return TryGet(key, out SparseVector? vector) ? query.Dot(vector) : null;
    }

    private SearchHit<TKey>[] Search(IndexState<TKey> state, SparseVector query, SearchLimits<TKey> limits)
    {
        bool alone = Interlocked.Increment(ref _searches) == 1;
        try
        {
            return new SegmentSearch<TKey>(state, query, limits).Run(alone && limits.Filter is null ? _options.SearchThreads : 1);
        }
        finally
        {
            Interlocked.Decrement(ref _searches);
        }
    }
}
