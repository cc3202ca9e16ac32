namespace Splade.AI;

/// <summary>Represents what a <see cref="BgeM3Encoder"/> made of a text in one run of its model.</summary>
/// <param name="Sparse">The lexical weights over the model's vocabulary.</param>
/// <param name="Dense">The dense vector, of length 1.</param>
/// <param name="TokenCount">How many tokens of the text were read, special tokens included.</param>
/// <param name="Truncated">Whether the text was longer than the limit, so that its end had no part in the vectors.</param>
public sealed record BgeM3Encoding(SparseVector Sparse, ReadOnlyMemory<float> Dense, int TokenCount, bool Truncated);
