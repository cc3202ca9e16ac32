namespace Splade.AI;

/// <summary>What a <see cref="SpladeEngine"/> made of one text.</summary>
/// <param name="Vector">The weights over the model's vocabulary.</param>
/// <param name="TokenCount">How many tokens the model read, special tokens included.</param>
/// <param name="Truncated">Whether the text was longer than the limit, so that its end had no part in the vector.</param>
public sealed record SpladeEncoding(SparseVector Vector, int TokenCount, bool Truncated);
