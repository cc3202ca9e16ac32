using Splade.AI.Policy;

namespace Splade.AI.Explanation;

/// <summary>Describes why a text has the vector that it has. Immutable; safe to share between threads.</summary>
public sealed record TextExplanation
{
    /// <summary>Gets the text. Spans are ranges of it, in UTF-16 code units as <see cref="string"/> counts them.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the vector that is explained.</summary>
    public required SparseVector Vector { get; init; }

    /// <summary>
    /// Gets the terms, the heaviest first, of equal weights the lower id first: all of them, or as many as <see cref="ExplanationOptions.Top"/> says.
    /// </summary>
    public required IReadOnlyList<ExplainedTerm> Terms { get; init; }

    /// <summary>Gets the words of the text in order, as far as it was read.</summary>
    public required IReadOnlyList<ExplainedWord> Words { get; init; }

    /// <summary>Gets the tokens of the text that have no weight in the vector, each once, in the order of the text.</summary>
    public required IReadOnlyList<ExplainedToken> UnweightedTokens { get; init; }

    /// <summary>Gets how many terms the vector has, whether they are listed or not.</summary>
    public int TermCount => Vector.Count;

    /// <summary>Gets the sum of all weights.</summary>
    public required double Mass { get; init; }

    /// <summary>Gets the share of the mass that literal terms have, from 0 to 1; 0 for a vector without terms.</summary>
    public required double LiteralShare { get; init; }

    /// <summary>Gets the share of the mass that expansions have, from 0 to 1; 0 for a vector without terms.</summary>
    public required double ExpansionShare { get; init; }

    /// <summary>
    /// Gets the share of the mass of terms that only the vocabulary policy gave (<see cref="TermOrigin.Policy"/>), from 0 to 1. With
    /// <see cref="LiteralShare"/> and <see cref="ExpansionShare"/> it comes to 1.
    /// </summary>
    public double PolicyShare { get; init; }

    /// <summary>
    /// Gets the terms that the model gave the text and the vocabulary policy took out, the heaviest first: all of them. Empty where it is not known
    /// what the policy did (<see cref="ExplainedTerm.PolicyEffects"/>).
    /// </summary>
    /// <remarks>A term that was banned and then forced is among <see cref="Terms"/>, with both effects.</remarks>
    public IReadOnlyList<PolicyEffect> BannedTerms { get; init; } = [];

    /// <summary>Gets how many tokens were read, special tokens and those of a prompt included; each counts once, also where windows share it.</summary>
    public required int TokenCount { get; init; }

    /// <summary>
    /// Gets a value indicating whether the text was longer than the limit, so that its end had no part in the vector. Never with a sliding window.
    /// </summary>
    public required bool Truncated { get; init; }

    /// <summary>
    /// Gets why terms have no <see cref="ExplainedTerm.Source"/> though it was asked for, as a sentence; null where they have, or nobody asked.
    /// </summary>
    public string? SpansUnavailableReason { get; init; }
}
