using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>What the two sides of a hybrid search found for one query, to be fused in one way or in several. Immutable.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <remarks>Safe for concurrent use.</remarks>
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
        Dictionary<TKey, SideScore> bySparse = Places(sparse, nameof(sparse)), byDense = Places(dense, nameof(dense));
        Sparse = sparse;
        Dense = dense;
        Entries =
        [
            .. KeysByRank(sparse, dense).Distinct().Select(key => new HybridCandidate<TKey>(
                key,
                bySparse.TryGetValue(key, out SideScore place) ? place : Elsewhere(key, sparseScore, nameof(sparseScore)),
                byDense.TryGetValue(key, out place) ? place : Elsewhere(key, denseScore, nameof(denseScore)))),
        ];
    }

    /// <summary>The hits of the sparse side, best first.</summary>
    public IReadOnlyList<SearchHit<TKey>> Sparse { get; }

    /// <summary>The hits of the dense side, best first.</summary>
    public IReadOnlyList<SearchHit<TKey>> Dense { get; }

    /// <summary>All keys, by their best rank and then the sparse side first: the order of equal scores.</summary>
    internal IReadOnlyList<HybridCandidate<TKey>> Entries { get; }

    private static IEnumerable<TKey> KeysByRank(IReadOnlyList<SearchHit<TKey>> sparse, IReadOnlyList<SearchHit<TKey>> dense)
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

    private static Dictionary<TKey, SideScore> Places(IReadOnlyList<SearchHit<TKey>> hits, string parameter)
    {
        var places = new Dictionary<TKey, SideScore>(hits.Count);
        foreach ((TKey key, float score) in hits)
        {
            if (!places.TryAdd(key, new SideScore(places.Count + 1, Finite(key, score, parameter))))
            {
                throw new ArgumentException($"The hits hold the key '{key}' twice, expected once.", parameter);
            }
        }

        return places;
    }

    private static SideScore Elsewhere(TKey key, Func<TKey, float?>? score, string parameter) =>
        new(Rank: null, score?.Invoke(key) is float known ? Finite(key, known, parameter) : null);

    private static float Finite(TKey key, float score, string parameter) => float.IsFinite(score)
        ? score
        : throw new ArgumentException($"Found the score {score} for the key '{key}', expected a finite number.", parameter);
}
