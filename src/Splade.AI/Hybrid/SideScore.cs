namespace Splade.AI.Hybrid;

/// <summary>What one side of a hybrid search says of a candidate.</summary>
/// <param name="Rank">Its rank there, from 1; null if the side did not return it, nor another with its score.</param>
/// <param name="Score">Its score; null if nobody knows.</param>
/// <param name="IsReturned">Whether the side itself returned it.</param>
/// <param name="IsShared">Whether another candidate has the rank too.</param>
internal readonly record struct SideScore(int? Rank, float? Score, bool IsReturned = false, bool IsShared = false)
{
    public RankedScore? Place => this is { Rank: int rank, Score: float score } ? new RankedScore(rank, score) { IsShared = IsShared } : null;
}
