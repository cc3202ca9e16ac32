namespace Splade.AI.Hybrid;

/// <summary>A key that at least one leg of a hybrid search returned, and what all of them say of it.</summary>
internal readonly record struct HybridCandidate<TKey>(TKey Key, SideScore[] Legs)
{
    public int BestRank => Legs.Min(leg => leg.Rank ?? int.MaxValue);

    /// <summary>The first leg that has the best rank.</summary>
    public int BestLeg
    {
        get
        {
            int best = BestRank;
            return Array.FindIndex(Legs, leg => leg.Rank == best);
        }
    }
}
