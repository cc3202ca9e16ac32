using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>A word of a text, put together again from its tokens, and what it came to in the vector. Immutable.</summary>
/// <remarks>
/// WordPiece marks the pieces that continue a word. Of other tokenizers, tokens belong to one word where neither white space nor punctuation
/// is between them. In scripts without spaces (Chinese, kana, Thai, Lao, Khmer) each token is a word, marks upon it included.
/// </remarks>
public sealed record ExplainedWord
{
    /// <summary>Gets the word as it stands in the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets where it stands in the text.</summary>
    public required TokenOffset Span { get; init; }

    /// <summary>Gets its tokens, in order, at least one.</summary>
    public required IReadOnlyList<ExplainedToken> Parts { get; init; }

    /// <summary>Gets the weights of its parts, added up. A word that stands in the text twice has it twice.</summary>
    public double Weight => Parts.Sum(p => (double)p.Weight);

    /// <summary>
    /// Gets the weights of all terms that its parts brought about, added up: what a highlight of the text should go by. Over all words it comes to the
    /// vector's mass, less what special tokens and a prompt brought about. Null where there are no sources.
    /// </summary>
    public double? Produced => Parts.Any(p => p.Produced is null) ? null : Parts.Sum(p => p.Produced);
}
