namespace Splade.AI.Hybrid;

/// <summary>How each side of one query's candidates counts under a fusion.</summary>
internal readonly record struct FusedSides(ISideScale Sparse, ISideScale Dense)
{
    /// <summary>No product of weights that are above 0 is lower.</summary>
    private const float SparseMinimum = 0;

    /// <exception cref="ArgumentException">A score is below the minimum that the fusion was given.</exception>
    public static FusedSides Of<TKey>(HybridFusion fusion, HybridCandidates<TKey> candidates)
        where TKey : notnull => new(
            Scale(fusion, fusion.SparseWeight, SparseMinimum, [.. candidates.Entries.Select(entry => entry.Sparse)]),
            Scale(fusion, fusion.DenseWeight, fusion.DenseMinimum, [.. candidates.Entries.Select(entry => entry.Dense)]));

    /// <summary>Whether no score is below the minimum that the fusion was given.</summary>
    public static bool AreAboveMinimum<TKey>(HybridFusion fusion, HybridCandidates<TKey> candidates)
        where TKey : notnull => fusion.Method != FusionMethod.TheoreticalMinMax || candidates.Entries.All(entry =>
            !ScoreScale.IsBelow(entry.Sparse.Score, SparseMinimum) && !ScoreScale.IsBelow(entry.Dense.Score, fusion.DenseMinimum));

    private static ISideScale Scale(HybridFusion fusion, float weight, float minimum, SideScore[] side)
    {
        float[] returned = [.. side.Where(score => score.IsReturned).Select(score => score.Score!.Value)];
        if (returned.Length == 0 || weight == 0)
        {
            return ZeroScale.Instance;
        }

        float[] known = [.. side.Where(score => score.Score is not null).Select(score => score.Score!.Value)];
        return fusion.Method switch
        {
            FusionMethod.ReciprocalRank => new RankScale(weight, fusion.K),
            FusionMethod.MinMax => ScoreScale.MinMax(weight, known),
            FusionMethod.TheoreticalMinMax => ScoreScale.TheoreticalMinMax(weight, known, minimum),
            _ => ScoreScale.DistributionBased(weight, returned),
        };
    }
}
