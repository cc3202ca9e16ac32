using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Dense;

/// <summary>A dense vector in a log: number of entries, factor, entries.</summary>
internal sealed class DenseVectorCodec : ICodec<DenseVector>
{
    public int SizeOf(DenseVector value) => sizeof(int) + ((value.Dimensions + 1) * sizeof(float));

    public void Write(DenseVector value, ref Span<byte> to)
    {
        ByteCursor.Put(ref to, value.Dimensions);
        ByteCursor.Put(ref to, value.Factor);
        ByteCursor.Put(ref to, value.Values.Span);
    }

    public DenseVector Read(ref ReadOnlySpan<byte> from)
    {
        int dimensions = ByteCursor.Take<int>(ref from);
        float factor = ByteCursor.Take<float>(ref from);
        return new DenseVector(ByteCursor.Take<float>(ref from, dimensions), factor);
    }
}
