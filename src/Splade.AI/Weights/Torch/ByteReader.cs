using System.Buffers.Binary;

namespace Splade.AI.Weights.Torch;

/// <summary>Reads little-endian numbers one after the other, and never past the end.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Left => _bytes.Length - Position;

    /// <exception cref="FormatException">There are not so many bytes left.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left)
        {
            throw new FormatException($"A part of it ends after {_bytes.Length} bytes, where {count} more are needed after byte {Position}.");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += taken.Length;
        return taken;
    }

    /// <summary>What comes before the next line end, which is passed over.</summary>
    public ReadOnlySpan<byte> TakeLine()
    {
        int length = _bytes[Position..].IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = Take(length < 0 ? Left + 1L : length + 1L);
        return line[..^1];
    }

    public byte TakeByte() => Take(sizeof(byte))[0];

    public ushort TakeUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public int TakeInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public uint TakeUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong TakeUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
}
