using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>A token that gave a term weight.</summary>
internal sealed record SourceJson(int Position, int[]? Span, float Activation)
{
    /// <summary>Those of a term after the first; null if there are none.</summary>
    public static IReadOnlyList<SourceJson>? RunnersUp(ExplainedTerm term) =>
        term.RunnersUp.Count == 0 ? null : [.. term.RunnersUp.Select(s => new SourceJson(s.Position, Pair(s.Span), s.Activation))];

    public static int[]? Pair(TokenOffset? span) => span is TokenOffset(int start, int end) ? [start, end] : null;
}
