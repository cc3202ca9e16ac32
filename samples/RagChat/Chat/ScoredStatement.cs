namespace RagChat.Chat;

/// <summary>How well a statement answers a question.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Sparse">The cosine of the sparse vectors: do they share words, literally or by implication?</param>
/// <param name="Dense">The cosine of the dense vectors: do they mean similar things?</param>
internal sealed record ScoredStatement(Statement Statement, float Sparse, float Dense)
{
    /// <summary>Meaning decides, shared words break near-ties: sparse cosines run to half the height of dense ones, and count half.</summary>
    public float Score => Dense + (0.5f * Sparse);
}
