using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>A part of a text, usually a word, and the terms that it brought about. Immutable.</summary>
/// <param name="Span">The part.</param>
/// <param name="Terms">The terms, none where the part is only another place of a literal term that is shown elsewhere.</param>
internal sealed record Highlight(TokenOffset Span, IReadOnlyList<Highlight.Shown> Terms)
{
    /// <summary>How much its terms count for.</summary>
    public double Amount { get; } = Terms.Sum(t => t.Amount);

    /// <summary>Where most of the amount comes from.</summary>
    public TermOrigin Origin { get; } =
        2 * Terms.Where(t => t.Term.Origin == TermOrigin.Expansion).Sum(t => t.Amount) > Terms.Sum(t => t.Amount)
            ? TermOrigin.Expansion
            : TermOrigin.Literal;

    /// <summary>Two that overlap, as one.</summary>
    public Highlight With(Highlight other) => new(
        new TokenOffset(Math.Min(Span.Start, other.Span.Start), Math.Max(Span.End, other.Span.End)), [.. Terms, .. other.Terms]);

    /// <summary>A term that is shown in its text, and how much it counts for there: its weight, or what it brings to a score.</summary>
    internal sealed record Shown(ExplainedTerm Term, double Amount);
}
