using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;

namespace Splade.AI.Search;

/// <summary>Dense vectors by key, in memory or in a folder, searched exactly.</summary>
/// <typeparam name="TKey">The type of the keys: <see cref="string"/>, a number, <see cref="Guid"/> or another type with value equality.</typeparam>
/// <remarks>
/// <para>
/// Safe for concurrent use. Readers never wait: each call reads the snapshot that the last finished write published, and a batch is
/// published as a whole. Writers wait for each other.
/// </para>
/// <para>
/// Results are those of scoring every vector. Small integers bound the scores first, and only vectors that may be among the best are scored.
/// Vectors are copied and kept as given; for cosine their length is taken out of the score. Scores are single precision; on another
/// processor, whose vector width adds the products up in another order, their last bits may differ. Equal scores are ordered by
/// insertion, the earlier one first; putting in an existing key counts as a new insertion. All vectors have as many entries as the
/// first one; an index that was emptied takes the size of the next.
/// </para>
/// </remarks>
public sealed class DenseIndex<TKey> : VectorIndex<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    private readonly SegmentedTable<TKey, DenseVector> _table;
    private readonly SearchThreads _threads;

    /// <summary>An empty index in memory.</summary>
    /// <param name="similarity">How vectors are compared. The default is the cosine.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    public DenseIndex(SimilarityFunction similarity = SimilarityFunction.Cosine, SearchIndexOptions? options = null)
        : this(DenseSimilarity.Require(similarity, nameof(similarity)), options, new SegmentedTable<TKey, DenseVector>(new DenseSegments(similarity)))
    {
    }

    internal DenseIndex(SimilarityFunction similarity, SearchIndexOptions? options, SegmentedTable<TKey, DenseVector> table)
        : base(table)
    {
        Similarity = similarity;
        _threads = new SearchThreads((options ?? new SearchIndexOptions()).SearchThreads);
        _table = table;
    }

    /// <summary>Gets how vectors are compared.</summary>
    public SimilarityFunction Similarity { get; }

    /// <summary>Gets the vector under a key, with the entries it was put in with.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(TKey key, out ReadOnlyMemory<float> vector)
    {
        ArgumentNullException.ThrowIfNull(key);
        using StateReading<TKey, DenseVector> reading = _table.Read();
        bool found = reading.State.TryGet(key, out DenseVector? held);
        vector = held?.Values ?? default;
        return found;
    }

    /// <summary>Puts a copy of a vector in, in place of the one under the same key if there is one.</summary>
    /// <exception cref="ArgumentException">
    /// The vector has no entries, one that is not finite, or another size than those in the index; or it is compared by cosine and is zero.
    /// </exception>
    public void Upsert(TKey key, ReadOnlyMemory<float> vector)
    {
        ArgumentNullException.ThrowIfNull(key);
        _table.Upsert([KeyValuePair.Create(key, DenseVector.Create(vector.Span, Similarity, nameof(vector)))], nameof(vector));
    }

    /// <summary>Puts copies of many vectors in at once: readers see all of them or none. Of several with one key the last stays.</summary>
    /// <exception cref="ArgumentException">A key is null, or a vector breaks a rule of the other overload; nothing was put in.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was put in.</exception>
    public void Upsert(IEnumerable<(TKey Key, ReadOnlyMemory<float> Vector)> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var batch = new List<KeyValuePair<TKey, DenseVector>>();
        foreach ((TKey key, ReadOnlyMemory<float> vector) in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (key is null)
            {
                throw new ArgumentException($"The key at position {batch.Count} is null.", nameof(items));
            }

            batch.Add(KeyValuePair.Create(key, DenseVector.Create(vector.Span, Similarity, nameof(items))));
        }

        _table.Upsert(batch, nameof(items));
    }

    /// <summary>The vectors with the highest scores against the query, best first.</summary>
    /// <param name="query">The query, under the rules of the vectors that are put in.</param>
    /// <param name="top">How many hits at most, at least 1.</param>
    /// <param name="filter">Which keys may be hits; null for all. Called on the calling thread.</param>
    /// <param name="minimumScore">What the score of a hit must reach; null for any.</param>
    /// <param name="skip">How many of the best hits are left out, as for the next page of results.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <remarks>
    /// A search that is the only one takes all processors (<see cref="SearchIndexOptions.SearchThreads"/>); one of several takes the calling thread,
    /// as one with a filter does. No more than two for each processor run at the same time: others wait for their turn.
    /// </remarks>
    /// <exception cref="ArgumentException">The query breaks a rule of the vectors that are put in.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1, or <paramref name="skip"/> below 0.</exception>
    public IReadOnlyList<SearchHit<TKey>> Search(
        ReadOnlyMemory<float> query,
        int top = 10,
        Func<TKey, bool>? filter = null,
        float? minimumScore = null,
        int skip = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        float[] checkedQuery = DenseVector.CreateQuery(query.Span, Similarity, nameof(query));
        using StateReading<TKey, DenseVector> reading = _table.Read();
        IndexState<TKey, DenseVector> state = reading.State;
        if (_table.DimensionsOf(state) is not int dimensions)
        {
            return [];
        }

        DimensionGuard.RequireEqual(checkedQuery.Length, dimensions, nameof(query));
        var limits = new SearchLimits<TKey>(top, filter, cancellationToken, minimumScore ?? float.NaN, skip);
        return _threads.Run(mayShare: filter is null, threads => new DenseSearch<TKey, DenseVector>(state, DenseSegments.Vectors, checkedQuery, limits).Run(threads), cancellationToken);
    }

    /// <summary>The score of one vector against the query, as a search gives it; null if there is no vector under the key.</summary>
    /// <exception cref="ArgumentException">The query breaks a rule of the vectors that are put in.</exception>
    public float? Score(TKey key, ReadOnlyMemory<float> query)
    {
        ArgumentNullException.ThrowIfNull(key);
        float[] checkedQuery = DenseVector.CreateQuery(query.Span, Similarity, nameof(query));
        using StateReading<TKey, DenseVector> reading = _table.Read();
        if (!reading.State.TryGet(key, out DenseVector? vector))
        {
            return null;
        }

        DimensionGuard.RequireEqual(checkedQuery.Length, vector.Dimensions, nameof(query));
        return vector.SimilarityTo(checkedQuery);
    }
}
