using System.Text.Json.Serialization;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>A term of a text; without its name where the query or the document of a match has it.</summary>
internal sealed record TermJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Term,
    float Weight,
    bool? Literal,
    int? Position,
    int[]? Span,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TermJson.Source>? RunnersUp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Policy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AddedByPolicy)
{
    public static TermJson Of(ExplainedTerm term) => new(
        term.Id,
        term.Token,
        term.Weight,
        term.Origin is TermOrigin origin ? origin == TermOrigin.Literal : null,
        term.Source?.Position,
        Pair(term.Source?.Span),
        term.RunnersUp.Count == 0 ? null : [.. term.RunnersUp.Select(s => new Source(s.Position, Pair(s.Span), s.Activation))],
        term.PolicyEffects.Count == 0 ? null : [.. term.PolicyEffects.Select(e => e.ToString())],
        term.Origin == TermOrigin.Policy ? true : null);

    /// <summary>What one side of a match has of a term that both share.</summary>
    public static TermJson OfSide(ExplainedTerm term) => Of(term) with { Id = null, Term = null };

    private static int[]? Pair(TokenOffset? span) => span is TokenOffset(int start, int end) ? [start, end] : null;

    /// <summary>A token that gave the term weight.</summary>
    internal sealed record Source(int Position, int[]? Span, float Activation);
}
