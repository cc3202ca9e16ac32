namespace Splade.AI.Hybrid;

/// <summary>Describes where one side of a hybrid search, the sparse or the dense one, placed a record.</summary>
/// <param name="Rank">The rank on that side, from 1. Equal scores share one: one more than the number of records with better scores.</param>
/// <param name="Score">The score on that side: the dot product of the sparse vectors, or the similarity of the dense ones.</param>
public readonly record struct RankedScore(int Rank, float Score)
{
    /// <summary>Gets whether another candidate shares the rank.</summary>
    public bool IsShared { get; init; }
}
