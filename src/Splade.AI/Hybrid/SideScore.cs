namespace Splade.AI.Hybrid;

/// <summary>What one side of a hybrid search says of a candidate.</summary>
/// <param name="Rank">Its place among those that the side returned, from 1; null if it is not one of them.</param>
/// <param name="Score">Its score; null if nobody knows.</param>
internal readonly record struct SideScore(int? Rank, float? Score)
{
    public RankedScore? Place => this is { Rank: int rank, Score: float score } ? new RankedScore(rank, score) : null;
}
