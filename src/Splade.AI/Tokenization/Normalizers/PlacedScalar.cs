namespace Splade.AI.Tokenization.Normalizers;

/// <summary>A scalar and the part of the original text that it comes from.</summary>
/// <param name="Scalar">The scalar.</param>
/// <param name="IsFirst">Whether it is the first, or only, scalar that the original character decomposes to.</param>
/// <param name="Source">The part of the original text.</param>
internal readonly record struct PlacedScalar(int Scalar, bool IsFirst, TokenOffset Source);
