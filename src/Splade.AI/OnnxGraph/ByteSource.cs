namespace Splade.AI.OnnxGraph;

/// <summary>Bytes with long offsets: a file that is not read as a whole, or memory.</summary>
/// <remarks><see cref="Read"/> is safe for concurrent calls, <see cref="Window"/> is not.</remarks>
internal abstract class ByteSource(string name) : IDisposable
{
    /// <summary>The file that an error names.</summary>
    public string Name => name;

    public abstract long Length { get; }

    /// <summary>A small range, valid until the next call.</summary>
    public abstract ReadOnlySpan<byte> Window(long offset, int length);

    /// <summary>Copies a range out.</summary>
    public abstract void Read(long offset, Span<byte> destination);

    public abstract void Dispose();
}
