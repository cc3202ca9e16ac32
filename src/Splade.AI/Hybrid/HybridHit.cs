namespace Splade.AI.Hybrid;

/// <summary>A record that a search found, and how it got its place.</summary>
/// <param name="Record">The record.</param>
/// <param name="Rank">The place in the result, from 1.</param>
/// <param name="Score">The fused score of several legs, otherwise the score of the one. Higher is better.</param>
/// <param name="Sparse">
/// The place by the sparse vectors, of several by the first; null if that leg returned neither the record nor an equal one, or was not searched.
/// </param>
/// <param name="Dense">
/// The place by the dense vectors, of several by the first; null if that leg returned neither the record nor an equal one, or was not searched.
/// </param>
public sealed record HybridHit(HybridRecord Record, int Rank, float Score, RankedScore? Sparse, RankedScore? Dense)
{
    /// <summary>
    /// Gets the reranker's score, by which the hit has its place; its <see cref="RerankResult.Index"/> is the place before, from 0. Null where no reranker
    /// read the record. <see cref="Score"/> and the sides stay those of the search.
    /// </summary>
    public RerankResult? Rerank { get; init; }

    /// <summary>Gets why the hit has its place: rank, score and share of each leg, and the arithmetic of the fusion. Null where a store does not say.</summary>
    public FusionExplanation? Fusion { get; init; }

    /// <summary>Creates a hit of a place and the record there.</summary>
    /// <param name="fusion">The place, as <see cref="HybridFusion.Rank"/> found it.</param>
    /// <param name="record">The record, as the store read it.</param>
    /// <returns>The hit.</returns>
    public static HybridHit Of(FusionExplanation fusion, HybridRecord record)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        ArgumentNullException.ThrowIfNull(record);
        return new HybridHit(record, fusion.Rank, fusion.Score, First(VectorKind.Sparse)?.Place, First(VectorKind.Dense)?.Place) { Fusion = fusion };

        FusedSide? First(VectorKind kind) => fusion.Sides.FirstOrDefault(side => side.Kind == kind);
    }
}
