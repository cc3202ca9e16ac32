namespace Splade.AI.Tokenization;

/// <summary>What every tokenizer has, whatever its model.</summary>
/// <param name="Vocabulary">All tokens, the added ones included.</param>
/// <param name="AddedTokens">Added tokens to find in the text as it is.</param>
/// <param name="NormalizedTokens">Added tokens to find in the normalized text.</param>
/// <param name="Template">The tokens around every text.</param>
/// <param name="Trimmer">Trims offsets, or null where they stay as they are.</param>
/// <param name="Spelling">How the vocabulary writes tokens.</param>
internal sealed record TokenizerParts(
    Vocabulary Vocabulary,
    AddedTokenMatcher AddedTokens,
    AddedTokenMatcher NormalizedTokens,
    TokenTemplate Template,
    OffsetTrimmer? Trimmer,
    TokenSpelling Spelling)
{
    /// <summary>The tokens around and between two texts; read when it is asked for, since models of single texts need none.</summary>
    public required Lazy<PairTemplate> Pairs { get; init; }

    /// <summary>What its file says that other files of a model may contradict.</summary>
    public required TokenizerFacts Facts { get; init; }
}
