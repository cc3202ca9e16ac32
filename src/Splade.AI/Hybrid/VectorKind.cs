namespace Splade.AI.Hybrid;

/// <summary>Specifies what a vector of a record is.</summary>
public enum VectorKind
{
    /// <summary>A <see cref="SparseVector"/>: weights of the terms of a vocabulary, compared by the dot product.</summary>
    Sparse,

    /// <summary>A dense vector: a number for each dimension.</summary>
    Dense,
}
