using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>What <see cref="MatchExplanation.ToJson"/> documents.</summary>
internal sealed record MatchJson(
    float Score,
    double? ExpansionShare,
    string? Warning,
    IReadOnlyList<MatchedTermJson> Terms,
    int TermCount,
    IReadOnlyList<TermJson> Unmatched,
    int UnmatchedCount,
    bool Truncated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PolicyShare,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<BannedJson>? QueryBanned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<BannedJson>? DocumentBanned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SpanObstacle)
{
    public static MatchJson Of(MatchExplanation match) => new(
        match.Score,
        match.ExpansionShare,
        match.Warning,
        [.. match.Terms.Select(MatchedTermJson.Of)],
        match.TermCount,
        [.. match.UnmatchedTerms.Select(TermJson.Of)],
        match.UnmatchedCount,
        match.Query is { Truncated: true } || match.Document is { Truncated: true },
        match.PolicyShare > 0 ? match.PolicyShare : null,
        BannedJson.Of(match.Query),
        BannedJson.Of(match.Document),
        match.Query?.SpanObstacle ?? match.Document?.SpanObstacle);
}
