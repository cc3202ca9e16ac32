namespace Splade.AI.OnnxGraph;

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes, string name) : ByteSource(name)
{
    public override long Length => bytes.Length;

    public override ReadOnlySpan<byte> Window(long offset, int length) => bytes.Span.Slice(checked((int)offset), length);

    public override void Read(long offset, Span<byte> destination) => Window(offset, destination.Length).CopyTo(destination);

    public override void Dispose()
    {
    }
}
