namespace Splade.AI;

/// <summary>How two sparse vectors are compared. Higher is always more alike, as in Sentence Transformers.</summary>
public enum SimilarityFunction
{
    /// <summary>The sum of the products at shared positions: what SPLADE models are trained with. The default.</summary>
    Dot,

    /// <summary>The cosine of the angle between the vectors, from 0 to 1; 0 if either has no entry.</summary>
    Cosine,

    /// <summary>The Euclidean distance, negated: 0 for equal vectors, below 0 otherwise.</summary>
    Euclidean,

    /// <summary>The sum of the absolute differences, negated: 0 for equal vectors, below 0 otherwise.</summary>
    Manhattan,
}
