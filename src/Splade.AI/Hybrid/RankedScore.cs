namespace Splade.AI.Hybrid;

/// <summary>Where one side of a hybrid search, the sparse or the dense one, placed a record.</summary>
/// <param name="Rank">The place on that side, from 1.</param>
/// <param name="Score">The score on that side: the dot product of the sparse vectors, or the similarity of the dense ones.</param>
public readonly record struct RankedScore(int Rank, float Score);
