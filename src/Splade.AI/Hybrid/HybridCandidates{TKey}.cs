using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Describes what the legs of a hybrid search found for one query, to be fused in one way or in several. Immutable.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <remarks>
/// <para>
/// Equal scores of a leg share a rank, that of the first of them: 1, 1, 3. So does a key that a leg did not return, if its score there is known and
/// equals that of one that it did: where a list is cut between equal scores, the order of insertion does not decide.
/// </para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class HybridCandidates<TKey>
    where TKey : notnull
{
    /// <summary>Takes the hits of legs, and scores each on the legs that did not return it.</summary>
    /// <param name="legs">The legs. Their order decides between equal scores.</param>
    /// <exception cref="ArgumentException">There is no leg, a leg holds a key twice, or a score is not finite.</exception>
    public HybridCandidates(params IEnumerable<CandidateLeg<TKey>> legs)
    {
        ArgumentNullException.ThrowIfNull(legs);
        Legs = [.. legs];
        if (Legs.Count == 0 || Legs.Contains(null!))
        {
            throw new ArgumentException("Found no leg, or null, expected what at least one leg found.", nameof(legs));
        }

        CandidateSide<TKey>[] sides = [.. Legs.Select(leg => new CandidateSide<TKey>(leg))];
        TKey[] keys = [.. KeysByPlace().Distinct()];
        SideScore[][] scores = [.. sides.Select(side => side.ScoresOf(keys))];
        Entries =
        [
            .. keys.Select((key, i) => new HybridCandidate<TKey>(key, [.. scores.Select(side => side[i])]))
                .OrderBy(entry => entry.BestRank).ThenBy(entry => entry.BestLeg),
        ];
    }

    /// <summary>Takes the hits of a sparse and a dense leg, and scores each on the one that did not return it.</summary>
    /// <param name="sparse">The hits of the sparse leg, best first.</param>
    /// <param name="dense">The hits of the dense leg, best first.</param>
    /// <param name="sparseScore">The exact sparse score of a key that only the dense leg returned; null, or a result of null, if it is not known.</param>
    /// <param name="denseScore">The exact dense score of a key that only the sparse leg returned; null, or a result of null, if it is not known.</param>
    /// <exception cref="ArgumentException">A leg holds a key twice, or a score is not finite.</exception>
    public HybridCandidates(
        IReadOnlyList<SearchHit<TKey>> sparse,
        IReadOnlyList<SearchHit<TKey>> dense,
        Func<TKey, float?>? sparseScore = null,
        Func<TKey, float?>? denseScore = null)
        : this(
            new CandidateLeg<TKey>(HybridSchema.SparseName, VectorKind.Sparse, sparse, sparseScore),
            new CandidateLeg<TKey>(HybridSchema.DenseName, VectorKind.Dense, dense, denseScore))
    {
    }

    /// <summary>Gets what each leg found, in the order that decides between equal scores.</summary>
    public IReadOnlyList<CandidateLeg<TKey>> Legs { get; }

    /// <summary>All keys, by their best rank, then the first leg first, then in the order of the hits: the order of equal scores.</summary>
    internal IReadOnlyList<HybridCandidate<TKey>> Entries { get; }

    private IEnumerable<TKey> KeysByPlace()
    {
        for (int place = 0; place < Legs.Max(leg => leg.Hits.Count); place++)
        {
            foreach (CandidateLeg<TKey> leg in Legs)
            {
                if (place < leg.Hits.Count)
                {
                    yield return leg.Hits[place].Key;
                }
            }
        }
    }
}
