namespace Splade.AI.Hybrid;

/// <summary>A side that counts by its ranks: <see cref="ReciprocalRankFusion"/>.</summary>
internal sealed class RankScale(float weight, int k) : ISideScale
{
    public double Contribution(SideScore score) => score.Rank is int rank ? ReciprocalRankFusion.Contribution(rank, weight, k) : 0;

    public string? Arithmetic(SideScore score) => score.Rank is int rank ? ReciprocalRankFusion.Arithmetic(rank, weight, k) : null;
}
