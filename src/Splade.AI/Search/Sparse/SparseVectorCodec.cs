using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Sparse;

/// <summary>A sparse vector in a log: dimensions, number of entries, positions, weights.</summary>
internal sealed class SparseVectorCodec : ICodec<SparseVector>
{
    public int SizeOf(SparseVector value) => (2 * sizeof(int)) + (value.Count * (sizeof(int) + sizeof(float)));

    public void Write(SparseVector value, ref Span<byte> to)
    {
        ByteCursor.Put(ref to, value.Dimensions);
        ByteCursor.Put(ref to, value.Count);
        ByteCursor.Put(ref to, value.Indices);
        ByteCursor.Put(ref to, value.Values);
    }

    public SparseVector Read(ref ReadOnlySpan<byte> from)
    {
        int dimensions = ByteCursor.Take<int>(ref from);
        int count = ByteCursor.Take<int>(ref from);
        int[] indices = ByteCursor.Take<int>(ref from, count);
        return SparseVector.Own(indices, ByteCursor.Take<float>(ref from, count), dimensions);
    }
}
