using Splade.AI.Tokenization.Normalizers;

namespace Splade.AI.Tokenization;

/// <summary>What a <c>tokenizer.json</c> says that other files of a model may contradict.</summary>
internal sealed record TokenizerFacts
{
    /// <summary>Whether its <c>truncation</c>, of which nothing else counts, cuts from the left.</summary>
    public required bool TruncatesLeft { get; init; }

    /// <summary>Whether it changes texts before it splits them.</summary>
    public required bool Normalizes { get; init; }

    /// <summary>Its normalizer, if that is a <c>BertNormalizer</c> and nothing else.</summary>
    public required BertNormalizer? Normalizer { get; init; }

    /// <summary>Whether its pre-tokenizer puts a space before a text; null if it has no such setting.</summary>
    public required bool? AddsPrefixSpace { get; init; }

    /// <summary>Whether some token of its template, or the text in it, is of another type than 0.</summary>
    public required bool HasTokenTypes { get; init; }

    /// <summary>Its added tokens as they are written, of two with one content the last.</summary>
    public required IReadOnlyDictionary<string, ListedToken> AddedTokens { get; init; }
}
