namespace Splade.AI.TextEncoding;

/// <summary>What became of one text.</summary>
/// <param name="Vector">Its vector.</param>
/// <param name="TokenCount">How many tokens of it were read, special tokens included. None counts twice.</param>
/// <param name="Truncated">Whether the text was longer than the limit, so that its end was not read.</param>
internal sealed record EncodedText<TVector>(TVector Vector, int TokenCount, bool Truncated)
{
    /// <summary>The tokens of the text that were read, in order, without special tokens around it and without the prompt; empty where nobody asked.</summary>
    public int[] TextIds { get; init; } = [];

    /// <summary>Its windows in their order, where they are wanted.</summary>
    public EncodedPassage<TVector>[] Passages { get; init; } = [];
}
