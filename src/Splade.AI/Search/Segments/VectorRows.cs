namespace Splade.AI.Search.Segments;

/// <summary>Vectors in memory.</summary>
internal sealed class VectorRows(IReadOnlyList<SparseVector> vectors) : IVectorRows
{
    public int Count => vectors.Count;

    public void Read(int row, out ReadOnlySpan<int> indices, out ReadOnlySpan<float> values)
    {
        indices = vectors[row].Indices;
        values = vectors[row].Values;
    }
}
