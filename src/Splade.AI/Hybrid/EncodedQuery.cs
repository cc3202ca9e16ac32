namespace Splade.AI.Hybrid;

/// <summary>Represents a query of words as vectors, to be asked once or several times. Immutable.</summary>
/// <param name="Mode">What it is made for.</param>
/// <param name="Sparse">The sparse vector; null if the mode does not need it.</param>
/// <param name="Dense">The dense vector; null if the mode does not need it.</param>
/// <param name="Models">The models of the vectors.</param>
/// <param name="IsTruncated">Whether the query was longer than a model reads.</param>
public sealed record EncodedQuery(SearchMode Mode, SparseVector? Sparse, ReadOnlyMemory<float>? Dense, HybridModels Models, bool IsTruncated)
{
    /// <summary>Gets the words, which a reranker reads; null for a query that is not reranked.</summary>
    public string? Text { get; init; }
}
