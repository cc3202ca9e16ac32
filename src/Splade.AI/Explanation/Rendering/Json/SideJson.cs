using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>What the query or the document has of a term that they share.</summary>
internal sealed record SideJson(
    float Weight,
    bool? Literal,
    int? Position,
    int[]? Span,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SourceJson>? RunnersUp)
{
    public static SideJson Of(ExplainedTerm term) => new(
        term.Weight, IsLiteral(term.Origin), term.Source?.Position, SourceJson.Pair(term.Source?.Span), SourceJson.RunnersUp(term));

    public static bool? IsLiteral(TermOrigin? origin) => origin is null ? null : origin == TermOrigin.Literal;
}
