using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>What <see cref="TextExplanation.ToJson"/> documents.</summary>
internal sealed record TextJson(
    IReadOnlyList<TermJson> Terms,
    int TermCount,
    double Mass,
    double LiteralShare,
    double ExpansionShare,
    int Tokens,
    bool Truncated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PolicyShare,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<BannedJson>? Banned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SpanObstacle)
{
    public static TextJson Of(TextExplanation text) => new(
        [.. text.Terms.Select(TermJson.Of)],
        text.TermCount,
        text.Mass,
        text.LiteralShare,
        text.ExpansionShare,
        text.TokenCount,
        text.Truncated,
        text.PolicyShare > 0 ? text.PolicyShare : null,
        BannedJson.Of(text),
        text.SpanObstacle);
}
