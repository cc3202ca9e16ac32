using System.Buffers.Binary;

namespace Splade.AI.Vectors.Files;

/// <summary>Reads the vectors of one payload. Its checksum was right, but nothing in it is trusted to stay inside of it.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> bytes, int dimensions)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <exception cref="FormatException">The bytes are not a vector.</exception>
    /// <exception cref="ArgumentException">The bytes break a rule of <see cref="SparseVector"/> or of UTF-8.</exception>
    public SavedVector ReadVector()
    {
        string? id = ReadId();
        uint count = ReadVarint();
        if (count > _rest.Length / VectorFileFormat.MinEntrySize)
        {
            throw new FormatException($"{count} entries do not fit in {_rest.Length} bytes");
        }

        int[] indices = new int[count];
        int previous = -1;
        for (int i = 0; i < count; i++)
        {
            previous = (int)Math.Min(previous + 1L + ReadVarint(), int.MaxValue);
            indices[i] = previous;
        }

        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
        }

        return new SavedVector(new SparseVector(indices, values, dimensions), id);
    }

    private string? ReadId()
    {
        uint size = ReadVarint();
        return size == 0 ? null : StrictUtf8.Encoding.GetString(Take(size - 1));
    }

    private uint ReadVarint()
    {
        uint value = 0;
        for (int shift = 0; shift < 32; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("a number has more than 5 bytes");
    }

    private ReadOnlySpan<byte> Take(uint size)
    {
        if (size > _rest.Length)
        {
            throw new FormatException($"{size} bytes are wanted where {_rest.Length} are left");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)size];
        _rest = _rest[(int)size..];
        return taken;
    }
}
