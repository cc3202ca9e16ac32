using System.Globalization;

namespace Splade.AI.Hybrid;

/// <summary>Puts into words how a hit got its place.</summary>
internal static class FusionSentence
{
    public static string Of(FusionExplanation hit) => hit switch
    {
        { Method: null, Sides: [{ Place: { IsShared: true } place } side] } =>
            Format($"Rank {hit.Rank} by the {side.Name} score alone, by which it shares rank {place.Rank}: {place.Score:G5}."),
        { Method: null, Sides: [{ Place: RankedScore place } side] } => Format($"Rank {hit.Rank} by the {side.Name} score alone: {place.Score:G5}."),
        _ => Format($"Rank {hit.Rank} with {hit.Score:G5} by {hit.Method}: {string.Join(", ", hit.Sides.Select(Describe))}; ")
            + Format($"{string.Join(" + ", hit.Sides.Select(s => s.Arithmetic).OfType<string>())} = {hit.Score:G5}."),
    };

    private static string Describe(FusedSide side) => side switch
    {
        { Place: { IsShared: true } place } => Format($"shares {side.Name} rank {place.Rank} (score {place.Score:G5})"),
        { Place: RankedScore place } => Format($"{side.Name} rank {place.Rank} (score {place.Score:G5})"),
        { Score: 0 } => $"not found by the {side.Name} side (score 0)",
        { Score: float score } => Format($"not among the first of the {side.Name} side (score {score:G5})"),
        _ => $"not found by the {side.Name} side",
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
