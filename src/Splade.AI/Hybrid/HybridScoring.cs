namespace Splade.AI.Hybrid;

/// <summary>How the sides of a query are fused, and how one of them scores what only the other returned.</summary>
/// <param name="Fusion">The fusion.</param>
/// <param name="Sparse">The sparse score of a record; null if it is not known.</param>
/// <param name="Dense">The dense score of a record; null if it is not known.</param>
internal sealed record HybridScoring(HybridFusion Fusion, Func<string, float?> Sparse, Func<string, float?> Dense)
{
    /// <summary>The candidates that two sides give to the fusion.</summary>
    /// <remarks>
    /// Ranks need no scores of what a side did not return, unless such a record may have the score of the last that it did: then they share its rank,
    /// and the order of insertion does not decide.
    /// </remarks>
    public HybridCandidates<string> Candidates(SideHits sparse, SideHits dense)
    {
        bool scoresCount = Fusion.Method != FusionMethod.ReciprocalRank;
        return new HybridCandidates<string>(
            sparse.Hits, dense.Hits, scoresCount || sparse.EndsInTie ? Sparse : null, scoresCount || dense.EndsInTie ? Dense : null);
    }
}
