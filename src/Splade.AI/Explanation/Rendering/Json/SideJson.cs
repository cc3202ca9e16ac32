using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>What the query or the document has of a term that they share.</summary>
internal sealed record SideJson(
    float Weight,
    bool? Literal,
    int? Position,
    int[]? Span,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SourceJson>? RunnersUp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Policy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AddedByPolicy)
{
    public static SideJson Of(ExplainedTerm term) => new(
        term.Weight,
        IsLiteral(term.Origin),
        term.Source?.Position,
        SourceJson.Pair(term.Source?.Span),
        SourceJson.RunnersUp(term),
        Effects(term),
        IsAdded(term));

    /// <summary>What the policy did to a term; null if nothing.</summary>
    public static IReadOnlyList<string>? Effects(ExplainedTerm term) =>
        term.PolicyEffects.Count == 0 ? null : [.. term.PolicyEffects.Select(e => e.ToString())];

    /// <summary>True if the policy added the term, else null.</summary>
    public static bool? IsAdded(ExplainedTerm term) => term.Origin == TermOrigin.Policy ? true : null;

    public static bool? IsLiteral(TermOrigin? origin) => origin is null ? null : origin == TermOrigin.Literal;
}
