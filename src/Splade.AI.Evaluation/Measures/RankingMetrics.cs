namespace Splade.AI.Evaluation;

/// <summary>Computes measures of one ranking against the judgments of its query, defined as in NIST's trec_eval 9.</summary>
/// <remarks>
/// A ranking is given by the grades of its documents, best first, 0 for a document that was not judged. A grade above 0 is relevant.
/// Each measure is from 0 to 1, and 0 for a query without relevant documents. Pure functions; thread-safe.
/// </remarks>
public static class RankingMetrics
{
    /// <summary>Computes the normalised discounted cumulative gain over the first ranks.</summary>
    /// <param name="ranking">The grades of the ranking.</param>
    /// <param name="judged">The grades of all documents that were judged for the query, in any order.</param>
    /// <param name="cutoff">How many ranks count, at least 1.</param>
    /// <remarks>
    /// The gain of a document is its grade, not 2 to its power; a rank is discounted by <c>log2(rank + 1)</c>; and the sum is divided by
    /// that of the best ranking of all judged documents: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR
    /// techniques", TOIS 2002, as trec_eval's <c>ndcg_cut</c>. Grades below 0 gain nothing.
    /// </remarks>
    public static double Ndcg(ReadOnlySpan<int> ranking, IEnumerable<int> judged, int cutoff)
    {
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        int[] ideal = [.. judged.OrderDescending()];
        double best = DiscountedGain(ideal, cutoff);
        return best == 0 ? 0 : DiscountedGain(ranking, cutoff) / best;
    }

    /// <summary>Computes one divided by the rank of the first relevant document; 0 if it is not among the first ranks.</summary>
    /// <param name="ranking">The grades of the ranking.</param>
    /// <param name="cutoff">How many ranks count, at least 1.</param>
    public static double ReciprocalRank(ReadOnlySpan<int> ranking, int cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        int at = ranking[..Math.Min(cutoff, ranking.Length)].IndexOfAnyInRange(1, int.MaxValue);
        return at < 0 ? 0 : 1d / (at + 1);
    }

    /// <summary>Computes the share of the relevant documents that are among the first ranks.</summary>
    /// <param name="ranking">The grades of the ranking.</param>
    /// <param name="relevant">How many documents are relevant to the query.</param>
    /// <param name="cutoff">How many ranks count, at least 1.</param>
    public static double Recall(ReadOnlySpan<int> ranking, int relevant, int cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(relevant);
        int found = 0;
        foreach (int grade in ranking[..Math.Min(cutoff, ranking.Length)])
        {
            found += grade > 0 ? 1 : 0;
        }

        return relevant == 0 ? 0 : (double)found / relevant;
    }

    /// <summary>Computes the mean, over all relevant documents, of the precision at each one's rank; 0 for those that the ranking lacks.</summary>
    /// <param name="ranking">The grades of the ranking, all of which counts.</param>
    /// <param name="relevant">How many documents are relevant to the query.</param>
    public static double AveragePrecision(ReadOnlySpan<int> ranking, int relevant)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(relevant);
        double sum = 0;
        int found = 0;
        for (int i = 0; i < ranking.Length; i++)
        {
            if (ranking[i] > 0)
            {
                sum += (double)++found / (i + 1);
            }
        }

        return relevant == 0 ? 0 : sum / relevant;
    }

    private static double DiscountedGain(ReadOnlySpan<int> ranking, int cutoff)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(cutoff, ranking.Length); i++)
        {
            sum += Math.Max(0, ranking[i]) / Math.Log2(i + 2);
        }

        return sum;
    }
}
