namespace Splade.AI.OnnxGraph;

/// <summary>A range of bytes that is copied only when it is written.</summary>
internal sealed record Piece(ByteSource Source, long Offset, long Length)
{
    public static Piece Of(ReadOnlyMemory<byte> bytes) => new(new MemoryBytes(bytes, "new"), 0, bytes.Length);

    public void WriteTo(Stream stream)
    {
        Span<byte> buffer = new byte[(int)Math.Min(Length, 1 << 20)];
        for (long done = 0; done < Length; done += buffer.Length)
        {
            Span<byte> part = buffer[..(int)Math.Min(buffer.Length, Length - done)];
            Source.Read(Offset + done, part);
            stream.Write(part);
        }
    }
}
