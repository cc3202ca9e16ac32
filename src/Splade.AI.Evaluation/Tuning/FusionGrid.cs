using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>The fusions that a tuner tries: every method with weights from one side to the other.</summary>
internal static class FusionGrid
{
    private const int Steps = 20;

    /// <summary>The weights of the sparse side, the even one first and then by their distance from it: of equals the tuner takes the first.</summary>
    private static readonly float[] Weights =
        [.. Enumerable.Range(1, Steps - 1).Select(step => (float)((decimal)step / Steps)).OrderBy(weight => Math.Abs(weight - .5f))];

    private static readonly HybridFusion[] All =
    [
        HybridFusion.Default,
        .. Weights.Where(weight => weight != .5f).Select(weight => HybridFusion.ReciprocalRank(sparseWeight: weight, denseWeight: Rest(weight))),
        .. Weights.Select(weight => HybridFusion.TheoreticalMinMax(weight)),
        .. Weights.Select(weight => HybridFusion.MinMax(weight)),
        .. Weights.Select(HybridFusion.DistributionBased),
        HybridFusion.MinMax(0),
        HybridFusion.MinMax(1),
    ];

    /// <summary>Those that can be tried, the default first. A side alone is in it too: fusion does not always help.</summary>
    /// <param name="queries">What is fused: theoretical min-max is left out if a score is below the minimum that it takes for the lowest.</param>
    public static IReadOnlyList<HybridFusion> For(IReadOnlyList<JudgedCandidates> queries) =>
        [.. All.Where(fusion => queries.All(query => fusion.CanFuse(query.Candidates)))];

    private static float Rest(float weight) => (float)(1 - (decimal)weight);
}
