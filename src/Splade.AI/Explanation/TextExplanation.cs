namespace Splade.AI.Explanation;

/// <summary>Why a text has the vector that it has. Immutable; safe to share between threads.</summary>
public sealed partial record TextExplanation
{
    /// <summary>The text. Spans are ranges of it, in UTF-16 code units as <see cref="string"/> counts them.</summary>
    public required string Text { get; init; }

    /// <summary>The vector that is explained.</summary>
    public required SparseVector Vector { get; init; }

    /// <summary>
    /// The terms, the heaviest first, of equal weights the lower id first: all of them, or as many as <see cref="ExplanationOptions.Top"/> says.
    /// </summary>
    public required IReadOnlyList<ExplainedTerm> Terms { get; init; }

    /// <summary>The words of the text in order, as far as it was read.</summary>
    public required IReadOnlyList<ExplainedWord> Words { get; init; }

    /// <summary>The tokens of the text that have no weight in the vector, each once, in the order of the text.</summary>
    public required IReadOnlyList<ExplainedToken> UnweightedTokens { get; init; }

    /// <summary>How many terms the vector has, whether they are listed or not.</summary>
    public int TermCount => Vector.Count;

    /// <summary>The sum of all weights.</summary>
    public required double Mass { get; init; }

    /// <summary>The share of the mass that literal terms have, from 0 to 1; 0 for a vector without terms.</summary>
    public required double LiteralShare { get; init; }

    /// <summary>The share of the mass that expansions have, from 0 to 1; 0 for a vector without terms.</summary>
    public required double ExpansionShare { get; init; }

    /// <summary>How many tokens were read, special tokens and those of a prompt included.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Whether the text was longer than the limit, so that its end had no part in the vector.</summary>
    public required bool Truncated { get; init; }

    /// <summary>Why terms have no <see cref="ExplainedTerm.Source"/> though it was asked for, as a sentence; null where they have, or nobody asked.</summary>
    public string? SpanObstacle { get; init; }
}
