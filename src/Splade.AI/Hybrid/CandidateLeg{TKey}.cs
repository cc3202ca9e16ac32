using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Describes what the search by one vector found for a query, and how it counts in a fusion. Immutable.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <param name="Name">The name of the vector.</param>
/// <param name="Kind">What the vector is.</param>
/// <param name="Hits">The hits, best first, no key twice.</param>
/// <param name="Score">The exact score of a key that it did not return; null, or a result of null, if it is not known.</param>
public sealed record CandidateLeg<TKey>(string Name, VectorKind Kind, IReadOnlyList<SearchHit<TKey>> Hits, Func<TKey, float?>? Score = null)
    where TKey : notnull
{
    /// <summary>Gets how much it counts, times what <see cref="HybridFusion"/> says of its kind.</summary>
    /// <value>Finite and at least 0; one of weight 0 gives no candidates. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public float Weight
    {
        get;
        init => field = RankingWeights.Require(value, nameof(Weight));
    } = 1;

    /// <summary>
    /// Gets a value indicating whether the list was cut between equal scores, so that a key that it does not hold may have the score, and so the rank, of
    /// the last one. Otherwise a fusion by ranks does not ask for <see cref="Score"/>.
    /// </summary>
    /// <value>The default is true: nobody knows.</value>
    public bool EndsInTie { get; init; } = true;

    /// <summary>Takes the first of the hits, of which a search for one more tells whether the last one is tied.</summary>
    /// <param name="depth">How many are taken, at least 1.</param>
    /// <returns>The leg, with <see cref="EndsInTie"/> set by the first hit that is left out; false if none is.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is below 1.</exception>
    public CandidateLeg<TKey> Cut(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        return Hits.Count > depth
            ? this with { Hits = [.. Hits.Take(depth)], EndsInTie = Hits[depth].Score == Hits[depth - 1].Score }
            : this with { EndsInTie = false };
    }
}
