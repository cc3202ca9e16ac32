namespace Splade.AI;

/// <summary>Specifies how two vectors are compared. Higher is always more alike, as in Sentence Transformers.</summary>
/// <remarks>Sparse vectors are compared by each of them, indexes and stores of dense ones by <see cref="Cosine"/> and <see cref="Dot"/>.</remarks>
public enum SimilarityFunction
{
    /// <summary>The sum of the products of their entries: what SPLADE models are trained with, and some dense ones.</summary>
    Dot,

    /// <summary>The cosine of the angle between the vectors, from -1 to 1 up to float rounding, and from 0 for sparse ones; 0 if a sparse one has no entry.</summary>
    Cosine,

    /// <summary>The Euclidean distance, negated: 0 for equal vectors, below 0 otherwise.</summary>
    Euclidean,

    /// <summary>The sum of the absolute differences, negated: 0 for equal vectors, below 0 otherwise.</summary>
    Manhattan,
}
