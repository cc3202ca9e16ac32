namespace Splade.AI.Hybrid;

/// <summary>A key that at least one side of a hybrid search returned, and what both say of it.</summary>
internal readonly record struct HybridCandidate<TKey>(TKey Key, SideScore Sparse, SideScore Dense)
{
    public int BestRank => Math.Min(Sparse.Rank ?? int.MaxValue, Dense.Rank ?? int.MaxValue);
}
