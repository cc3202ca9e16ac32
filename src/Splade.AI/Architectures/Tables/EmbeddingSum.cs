namespace Splade.AI.Architectures.Tables;

/// <summary>What a token begins as: the normalised sum of its word, its position and its type.</summary>
/// <param name="Word">The words' table.</param>
/// <param name="Norm">The norm of the sum.</param>
internal sealed record EmbeddingSum(LookupTable Word, NormLayer Norm)
{
    /// <summary>The positions' table; null where positions are not added.</summary>
    public LookupTable? Position { get; init; }

    /// <summary>The token that counts as padding where positions are counted past it; null where they are counted from 0 for all tokens.</summary>
    public int? PaddingToken { get; init; }

    /// <summary>How many tokens of a text there are positions for; null where positions are not added.</summary>
    public int? MaxTokens => PaddingToken is int padding ? Position?.Rows - padding - 1 : Position?.Rows;

    /// <summary>The token types' table; null where there is none.</summary>
    public LookupTable? Type { get; init; }

    /// <summary>Whether token types are fed: if not, all tokens have the first.</summary>
    public bool FeedsTypes { get; init; }
}
