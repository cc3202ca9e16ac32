namespace Splade.AI.Search.Segments;

/// <summary>Vectors that are read row by row, several times over. Not safe for concurrent use.</summary>
internal interface IVectorRows
{
    int Count { get; }

    /// <summary>Reads a row. What was read before may be gone.</summary>
    void Read(int row, out ReadOnlySpan<int> indices, out ReadOnlySpan<float> values);
}
