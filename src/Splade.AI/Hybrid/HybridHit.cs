namespace Splade.AI.Hybrid;

/// <summary>A record that a search found, and how it got its place.</summary>
/// <param name="Record">The record.</param>
/// <param name="Rank">The place in the result, from 1.</param>
/// <param name="Score">The fused score in <see cref="SearchMode.Hybrid"/>, otherwise the score of the one side. Higher is better.</param>
/// <param name="Sparse">The place by the sparse vectors; null if that side returned neither the record nor an equal one, or was not searched.</param>
/// <param name="Dense">The place by the dense vectors; null if that side returned neither the record nor an equal one, or was not searched.</param>
public sealed record HybridHit(HybridRecord Record, int Rank, float Score, RankedScore? Sparse, RankedScore? Dense)
{
    /// <summary>
    /// Gets the reranker's score, by which the hit has its place; its <see cref="RerankResult.Index"/> is the place before, from 0. Null where no reranker
    /// read the record. <see cref="Score"/> and the sides stay those of the search.
    /// </summary>
    public RerankResult? Rerank { get; init; }

    /// <summary>Gets why the hit has its place: ranks, scores and the arithmetic of the fusion. Null where a store does not say.</summary>
    public FusionExplanation? Fusion { get; init; }
}
