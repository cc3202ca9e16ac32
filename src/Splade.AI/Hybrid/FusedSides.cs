namespace Splade.AI.Hybrid;

/// <summary>How each leg of one query's candidates counts under a fusion.</summary>
internal static class FusedSides
{
    /// <summary>No product of weights that are above 0 is lower.</summary>
    private const float SparseMinimum = 0;

    /// <exception cref="ArgumentException">A score is below the minimum that the fusion was given.</exception>
    public static ISideScale[] Of<TKey>(HybridFusion fusion, HybridCandidates<TKey> candidates)
        where TKey : notnull =>
        [.. candidates.Legs.Select((leg, i) => Scale(fusion, fusion.WeightOf(leg), Minimum(fusion, leg.Kind), [.. candidates.Entries.Select(entry => entry.Legs[i])]))];

    /// <summary>Whether no score is below the minimum that the fusion was given.</summary>
    public static bool AreAboveMinimum<TKey>(HybridFusion fusion, HybridCandidates<TKey> candidates)
        where TKey : notnull => fusion.Method != FusionMethod.TheoreticalMinMax || candidates.Legs.Index().All(leg =>
            candidates.Entries.All(entry => !ScoreScale.IsBelow(entry.Legs[leg.Index].Score, Minimum(fusion, leg.Item.Kind))));

    private static float Minimum(HybridFusion fusion, VectorKind kind) => kind == VectorKind.Sparse ? SparseMinimum : fusion.DenseMinimum;

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
