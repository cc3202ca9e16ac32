namespace Splade.AI.Bm42;

/// <summary>What a run gave for a document.</summary>
/// <param name="Vector">Its vector.</param>
/// <param name="Attention">How much the first token attends to each of its tokens: the mean of the heads.</param>
internal sealed record Bm42Reading(SparseVector Vector, float[] Attention);
