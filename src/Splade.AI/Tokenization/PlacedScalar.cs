namespace Splade.AI.Tokenization;

/// <summary>A scalar and the part of the original text that it comes from.</summary>
internal readonly record struct PlacedScalar(int Scalar, TokenOffset Source);
