using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>A term of a vector, and where it comes from. Immutable.</summary>
public sealed record ExplainedTerm
{
    /// <summary>The term's dimension in the vector, which is the token's id.</summary>
    public required int Id { get; init; }

    /// <summary>The token as the vocabulary writes it, for example <c>##ya</c> or <c>Ġmoon</c>.</summary>
    public required string Token { get; init; }

    /// <summary>The token as people write it: without the marks of the vocabulary, bytes decoded. Two tokens may have the same text.</summary>
    public required string Text { get; init; }

    /// <summary>The term's weight in the vector, greater than zero.</summary>
    public required float Weight { get; init; }

    /// <summary>The weight's share of the vector's mass, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Whether the text has the term, or the model added it; null where the text is not known.</summary>
    public TermOrigin? Origin { get; init; }

    /// <summary>Where a literal term stands in the text, in order; empty for an expansion, and where the text is not known.</summary>
    public IReadOnlyList<TokenOffset> Occurrences { get; init; } = [];

    /// <summary>
    /// The token that gave the term most: the one whose activation is the term's weight under max pooling, the largest contribution under
    /// sum pooling. Null where spans were not asked for or cannot be had (<see cref="TextExplanation.SpanObstacle"/>), and for a term that the
    /// model does not give this text.
    /// </summary>
    public TermSource? Source { get; init; }

    /// <summary>
    /// The tokens that gave the term most after <see cref="Source"/>, the largest activation first: as many as were asked for and gave anything.
    /// </summary>
    public IReadOnlyList<TermSource> RunnersUp { get; init; } = [];
}
