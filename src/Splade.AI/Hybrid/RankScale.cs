namespace Splade.AI.Hybrid;

/// <summary>A side that counts by its ranks: <see cref="HybridFusion.FuseRankings"/>.</summary>
internal sealed class RankScale(float weight, int k) : ISideScale
{
    public double Contribution(SideScore score) => score.Rank is int rank ? HybridFusion.RankContribution(rank, weight, k) : 0;

    public string? Arithmetic(SideScore score) => score.Rank is int rank ? HybridFusion.RankArithmetic(rank, weight, k) : null;
}
