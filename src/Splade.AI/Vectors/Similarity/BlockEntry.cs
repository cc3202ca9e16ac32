namespace Splade.AI.Vectors.Similarity;

/// <summary>The weight that one vector of a block has at a position.</summary>
internal readonly record struct BlockEntry(int Place, float Value);
