namespace Splade.AI.BgeM3;

/// <summary>What one run gave for a text.</summary>
/// <param name="Sparse">The lexical weights.</param>
/// <param name="Dense">The dense vector, of length 1.</param>
/// <param name="TokenWeights">The weight of each token that was read; empty where the model gives them for the vocabulary only.</param>
internal sealed record BgeM3Reading(SparseVector Sparse, float[] Dense, float[] TokenWeights);
