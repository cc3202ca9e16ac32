using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>A term of a text.</summary>
internal sealed record TermJson(
    int Id,
    string Term,
    float Weight,
    bool? Literal,
    int? Position,
    int[]? Span,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SourceJson>? RunnersUp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Policy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AddedByPolicy)
{
    public static TermJson Of(ExplainedTerm term) => new(
        term.Id,
        term.Token,
        term.Weight,
        SideJson.IsLiteral(term.Origin),
        term.Source?.Position,
        SourceJson.Pair(term.Source?.Span),
        SourceJson.RunnersUp(term),
        SideJson.Effects(term),
        SideJson.IsAdded(term));
}
