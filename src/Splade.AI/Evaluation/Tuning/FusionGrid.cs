using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>The fusions that a tuner tries: every method with weights from one side to the other.</summary>
internal static class FusionGrid
{
    private const int Steps = 20;

    /// <summary>The weights of the sparse side, the even one first and then by their distance from it: of equals the tuner takes the first.</summary>
    private static readonly float[] Weights =
        [.. Enumerable.Range(1, Steps - 1).Select(step => (float)((decimal)step / Steps)).OrderBy(weight => Math.Abs(weight - .5f))];

    /// <summary>The default first. A side alone is in it too: fusion does not always help.</summary>
    public static IReadOnlyList<HybridFusion> All { get; } =
    [
        HybridFusion.Default,
        .. Weights.Where(weight => weight != .5f).Select(weight => HybridFusion.ReciprocalRank(sparseWeight: weight, denseWeight: Rest(weight))),
        .. Weights.Select(weight => HybridFusion.TheoreticalMinMax(weight)),
        .. Weights.Select(weight => HybridFusion.MinMax(weight)),
        .. Weights.Select(HybridFusion.DistributionBased),
        HybridFusion.MinMax(0),
        HybridFusion.MinMax(1),
    ];

    private static float Rest(float weight) => (float)(1 - (decimal)weight);
}
