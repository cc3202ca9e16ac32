using System.Globalization;
using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <content>The fusion by ranks of any number of rankings.</content>
public sealed partial record HybridFusion
{
    /// <summary>The constant of the paper, which found the result to change little around it.</summary>
    public const int DefaultK = 60;

    /// <summary>
    /// Merges rankings of keys by rank alone, so that scores of different scales need no common unit. No two keys are equal in a ranking;
    /// <see cref="FuseHits"/> takes scores, which may be.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The score of a key is the sum over the rankings that hold it of <c>weight / (k + rank)</c>, with ranks from 1 and k = 60: G. V.
    /// Cormack, C. L. A. Clarke, S. Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods",
    /// SIGIR 2009. Implementations differ: Qdrant's own counts ranks from 0 with k = 2, which is k = 1 here.
    /// </para>
    /// <para>
    /// The paper says nothing of equal scores. Here they share a rank, one more than the number of better ones: 1, 1, 3, as SQL's <c>RANK</c> counts and
    /// with it pgvector's example of this fusion. Engines' own fusions number the places of a list instead, so that of equals the one that was put in
    /// earlier has more weight.
    /// </para>
    /// <para>Sums are taken in double precision and rounded to single. Thread-safe.</para>
    /// </remarks>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <param name="rankings">The rankings, each from its best key down, without a key twice.</param>
    /// <param name="weights">
    /// One weight per ranking, each at least 0 and their sum finite; a ranking of weight 0 is left out. Null for 1 each.
    /// </param>
    /// <param name="k">How far the first ranks are flattened, at least 0. The default is <see cref="DefaultK"/>.</param>
    /// <returns>
    /// Every key with its fused score, best first. Of equal scores the key with the best single rank comes first, then the one of the
    /// earlier ranking.
    /// </returns>
    /// <exception cref="ArgumentException">A ranking is null or holds a key twice, or the weights break the rule above.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
    public static IReadOnlyList<SearchHit<TKey>> FuseRankings<TKey>(
        IReadOnlyList<IReadOnlyList<TKey>> rankings, IReadOnlyList<float>? weights = null, int k = DefaultK)
        where TKey : notnull => new FusedRankings<TKey>(weights, k, nameof(weights)).Fuse(rankings, nameof(rankings));

    /// <summary>Merges rankings of hits, of which those with equal scores share a rank.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <param name="rankings">The rankings, each from its best hit down, without a key twice. Of the scores only counts which are equal.</param>
    /// <param name="weights">
    /// One weight per ranking, each at least 0 and their sum finite; a ranking of weight 0 is left out. Null for 1 each.
    /// </param>
    /// <param name="k">How far the first ranks are flattened, at least 0. The default is <see cref="DefaultK"/>.</param>
    /// <returns>
    /// Every key with its fused score, best first. Of equal scores the key with the best single rank comes first, then the one of the
    /// earlier ranking, then the one that is earlier in it.
    /// </returns>
    /// <exception cref="ArgumentException">A ranking is null or holds a key twice, or the weights break the rule above.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
    public static IReadOnlyList<SearchHit<TKey>> FuseHits<TKey>(
        IReadOnlyList<IReadOnlyList<SearchHit<TKey>>> rankings, IReadOnlyList<float>? weights = null, int k = DefaultK)
        where TKey : notnull => new FusedRankings<TKey>(weights, k, nameof(weights)).Fuse(rankings, nameof(rankings));

    /// <summary>Gets what one ranking brings to the fused score of a key, and how: <c>weight / (k + rank)</c>.</summary>
    /// <param name="name">The ranking, for readers.</param>
    /// <param name="place">The key's place in it; null if it does not have the key.</param>
    /// <param name="weight">The ranking's weight, finite and at least 0.</param>
    /// <param name="k">The constant of the fusion, at least 0.</param>
    /// <exception cref="ArgumentException">The name is null or empty, or the weight breaks the rule above.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
    public static FusedSide Explain(string name, RankedScore? place, float weight = 1, int k = DefaultK)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        RankingWeights.Check([weight], 1, nameof(weight));
        return new FusedSide
        {
            Name = name,
            Place = place,
            Score = place?.Score,
            Contribution = place is RankedScore known ? RankContribution(known.Rank, weight, k) : 0,
            Arithmetic = place is RankedScore(int rank, _) ? RankArithmetic(rank, weight, k) : null,
        };
    }

    internal static double RankContribution(int rank, double weight, int k) => weight / ((double)k + rank);

    internal static string RankArithmetic(int rank, float weight, int k) => string.Create(CultureInfo.InvariantCulture, $"{weight} / ({k} + {rank})");
}
