namespace Splade.AI.Hybrid;

/// <summary>Represents a query of words as vectors, to be asked once or several times. Immutable.</summary>
/// <param name="Mode">What it is made for.</param>
/// <param name="Legs">The vectors that the mode needs.</param>
/// <param name="Models">The models of the vectors.</param>
/// <param name="IsTruncated">Whether the query was longer than a model reads.</param>
public sealed record EncodedQuery(SearchMode Mode, IReadOnlyList<HybridQueryLeg> Legs, HybridModels Models, bool IsTruncated)
{
    /// <summary>Gets the words, which a reranker reads; null for a query that is not reranked.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the sparse vector, of several the first; null if there is none.</summary>
    public SparseVector? Sparse => Legs.FirstOrDefault(leg => leg.Vector.Kind == VectorKind.Sparse)?.Vector.Sparse;

    /// <summary>Gets the dense vector, of several the first; null if there is none.</summary>
    public ReadOnlyMemory<float>? Dense => Legs.FirstOrDefault(leg => leg.Vector.Kind == VectorKind.Dense)?.Vector.Dense;
}
