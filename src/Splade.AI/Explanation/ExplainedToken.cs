using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>A token of a text, and what it came to in the vector. Immutable.</summary>
public sealed record ExplainedToken
{
    /// <summary>Gets the token's place among those that were read, from 0, counted as in <see cref="TermSource.Position"/>.</summary>
    public required int Position { get; init; }

    /// <summary>Gets the token's id.</summary>
    public required int Id { get; init; }

    /// <summary>Gets the token as the vocabulary writes it.</summary>
    public required string Token { get; init; }

    /// <summary>Gets the token as people write it.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the part of the text that it stands for, without white space at its ends.</summary>
    public required TokenOffset Span { get; init; }

    /// <summary>Gets the weight that the vector has for the token, 0 where it has none. A token that stands in the text twice has it twice.</summary>
    public float Weight { get; init; }

    /// <summary>
    /// Gets the weights of all terms, this one or others, whose <see cref="ExplainedTerm.Source"/> is this token, added up: how much of the vector it
    /// brought about. Null where there are no sources.
    /// </summary>
    public double? Produced { get; init; }
}
