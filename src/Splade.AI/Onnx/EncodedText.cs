namespace Splade.AI.Onnx;

/// <summary>What became of one text.</summary>
/// <param name="Vector">Its vector.</param>
/// <param name="TokenCount">How many tokens of it were read, special tokens included. None counts twice.</param>
/// <param name="Truncated">Whether the text was longer than the limit, so that its end was not read.</param>
internal sealed record EncodedText<TVector>(TVector Vector, int TokenCount, bool Truncated)
{
    /// <summary>Its windows in their order, where they are wanted.</summary>
    public EncodedPassage<TVector>[] Passages { get; init; } = [];
}
