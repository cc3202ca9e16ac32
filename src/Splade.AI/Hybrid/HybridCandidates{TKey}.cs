using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Describes what the two sides of a hybrid search found for one query, to be fused in one way or in several. Immutable.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <remarks>
/// <para>
/// Equal scores of a side share a rank, that of the first of them: 1, 1, 3. So does a key that a side did not return, if its score there is known and
/// equals that of one that it did: where a list is cut between equal scores, the order of insertion does not decide.
/// </para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class HybridCandidates<TKey>
    where TKey : notnull
{
    /// <summary>Takes the hits of both sides, and scores each on the side that did not return it.</summary>
    /// <param name="sparse">The hits of the sparse side, best first.</param>
    /// <param name="dense">The hits of the dense side, best first.</param>
    /// <param name="sparseScore">The exact sparse score of a key that only the dense side returned; null, or a result of null, if it is not known.</param>
    /// <param name="denseScore">The exact dense score of a key that only the sparse side returned; null, or a result of null, if it is not known.</param>
    /// <exception cref="ArgumentException">A side holds a key twice, or a score is not finite.</exception>
    public HybridCandidates(
        IReadOnlyList<SearchHit<TKey>> sparse,
        IReadOnlyList<SearchHit<TKey>> dense,
        Func<TKey, float?>? sparseScore = null,
        Func<TKey, float?>? denseScore = null)
    {
        ArgumentNullException.ThrowIfNull(sparse);
        ArgumentNullException.ThrowIfNull(dense);
        Sparse = sparse;
        Dense = dense;
        var sparseSide = new CandidateSide<TKey>(sparse, nameof(sparse), sparseScore, nameof(sparseScore));
        var denseSide = new CandidateSide<TKey>(dense, nameof(dense), denseScore, nameof(denseScore));
        TKey[] keys = [.. KeysByPlace(sparse, dense).Distinct()];
        Entries =
        [
            .. keys.Zip(sparseSide.ScoresOf(keys), denseSide.ScoresOf(keys))
                .Select(entry => new HybridCandidate<TKey>(entry.First, entry.Second, entry.Third))
                .OrderBy(entry => entry.BestRank).ThenBy(entry => entry.Sparse.Rank == entry.BestRank ? 0 : 1),
        ];
    }

    /// <summary>Gets the hits of the sparse side, best first.</summary>
    public IReadOnlyList<SearchHit<TKey>> Sparse { get; }

    /// <summary>Gets the hits of the dense side, best first.</summary>
    public IReadOnlyList<SearchHit<TKey>> Dense { get; }

    /// <summary>All keys, by their best rank, then the sparse side first, then in the order of the hits: the order of equal scores.</summary>
    internal IReadOnlyList<HybridCandidate<TKey>> Entries { get; }

    private static IEnumerable<TKey> KeysByPlace(IReadOnlyList<SearchHit<TKey>> sparse, IReadOnlyList<SearchHit<TKey>> dense)
    {
        for (int i = 0; i < Math.Max(sparse.Count, dense.Count); i++)
        {
            if (i < sparse.Count)
            {
                yield return sparse[i].Key;
            }

            if (i < dense.Count)
            {
                yield return dense[i].Key;
            }
        }
    }
}
