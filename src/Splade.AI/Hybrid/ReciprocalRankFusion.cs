using System.Globalization;
using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Merges rankings by rank alone, so that scores of different scales need no common unit.</summary>
/// <remarks>
/// <para>
/// The score of a key is the sum over the rankings that hold it of <c>weight / (k + rank)</c>, with ranks from 1 and k = 60: G. V.
/// Cormack, C. L. A. Clarke, S. Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods",
/// SIGIR 2009. Implementations differ: Qdrant's own counts ranks from 0 with k = 2, which is k = 1 here.
/// </para>
/// <para>Sums are taken in double precision and rounded to single. Thread-safe.</para>
/// </remarks>
public static class ReciprocalRankFusion
{
    /// <summary>The constant of the paper, which found the result to change little around it.</summary>
    public const int DefaultK = 60;

    /// <summary>Merges rankings.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <param name="rankings">The rankings, each from its best key down, without a key twice.</param>
    /// <param name="weights">One weight per ranking, finite and at least 0; a ranking of weight 0 is left out. Null for 1 each.</param>
    /// <param name="k">How far the first ranks are flattened, at least 0. The default is <see cref="DefaultK"/>.</param>
    /// <returns>
    /// Every key with its fused score, best first. Of equal scores the key with the best single rank comes first, then the one of the
    /// earlier ranking.
    /// </returns>
    /// <exception cref="ArgumentException">A ranking is null or holds a key twice, or the weights break the rule above.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
    public static IReadOnlyList<SearchHit<TKey>> Fuse<TKey>(
        IReadOnlyList<IReadOnlyList<TKey>> rankings, IReadOnlyList<float>? weights = null, int k = DefaultK)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        CheckWeights(weights, rankings.Count);
        CheckRankings(rankings);

        // Filled by rank, then by ranking, so that a stable sort leaves equal scores in the promised order.
        var scores = new OrderedDictionary<TKey, double>();
        int longest = rankings.Select(ranking => ranking.Count).DefaultIfEmpty().Max();
        for (int rank = 1; rank <= longest; rank++)
        {
            for (int list = 0; list < rankings.Count; list++)
            {
                double weight = weights?[list] ?? 1;
                if (weight > 0 && rank <= rankings[list].Count)
                {
                    TKey key = rankings[list][rank - 1];
                    scores[key] = scores.GetValueOrDefault(key) + Contribution(rank, weight, k);
                }
            }
        }

        return [.. scores.Select(pair => new SearchHit<TKey>(pair.Key, (float)pair.Value)).OrderByDescending(hit => hit.Score)];
    }

    /// <summary>What one ranking brings to the fused score of a key, and how: <c>weight / (k + rank)</c>.</summary>
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
        CheckWeights([weight], 1);
        return new FusedSide
        {
            Name = name,
            Place = place,
            Score = place?.Score,
            Contribution = place is RankedScore known ? Contribution(known.Rank, weight, k) : 0,
            Arithmetic = place is RankedScore(int rank, _) ? Arithmetic(rank, weight, k) : null,
        };
    }

    internal static double Contribution(int rank, double weight, int k) => weight / ((double)k + rank);

    internal static string Arithmetic(int rank, float weight, int k) => string.Create(CultureInfo.InvariantCulture, $"{weight} / ({k} + {rank})");

    private static void CheckWeights(IReadOnlyList<float>? weights, int count)
    {
        if (weights is null)
        {
            return;
        }

        if (weights.Count != count)
        {
            throw new ArgumentException($"Found {weights.Count} weights for {count} rankings, expected one for each.", nameof(weights));
        }

        foreach (float weight in weights)
        {
            if (!(float.IsFinite(weight) && weight >= 0))
            {
                throw new ArgumentException($"Found the weight {weight}, expected a finite number of 0 or more.", nameof(weights));
            }
        }
    }

    private static void CheckRankings<TKey>(IReadOnlyList<IReadOnlyList<TKey>> rankings)
    {
        for (int list = 0; list < rankings.Count; list++)
        {
            var seen = new HashSet<TKey>();
            foreach (TKey key in rankings[list] ?? throw new ArgumentException($"Ranking {list} is null.", nameof(rankings)))
            {
                if (!seen.Add(key))
                {
                    throw new ArgumentException($"Ranking {list} holds the key '{key}' twice, expected once.", nameof(rankings));
                }
            }
        }
    }
}
