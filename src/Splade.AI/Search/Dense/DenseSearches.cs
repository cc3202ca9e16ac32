namespace Splade.AI.Search.Dense;

/// <summary>What searches of indexes of any keys share.</summary>
internal static class DenseSearches
{
    /// <summary>Values that are vectors, and nothing else.</summary>
    public static VectorAccess<DenseVector, DenseVector, DenseSegment> Vectors { get; } =
        new(static vector => vector, static segment => (DenseSegment)segment);
}
