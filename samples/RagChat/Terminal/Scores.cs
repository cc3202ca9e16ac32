using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>Scores in figures that suit their range.</summary>
internal static class Scores
{
    /// <summary>Fused scores are sums of 1 / (60 + rank), at most 0.033: they need more decimals than the others.</summary>
    public static string Format(SearchMode mode, float score) => score.ToString(mode == SearchMode.Hybrid ? "F4" : "F2");

    public static string Format(RankedScore? place) => place is RankedScore p ? $"#{p.Rank}  {p.Score:F2}" : "-";
}
