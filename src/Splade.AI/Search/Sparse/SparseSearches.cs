namespace Splade.AI.Search.Sparse;

/// <summary>What searches of indexes of any keys share.</summary>
internal static class SparseSearches
{
    /// <summary>Values that are vectors, and nothing else.</summary>
    public static VectorAccess<SparseVector, SparseVector, SparseSegment> Vectors { get; } =
        new(static vector => vector, static segment => (SparseSegment)segment);
}
