using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Splade.AI.Vectors.Files;

/// <summary>Turns vectors into the bytes of a file, a block at a time. Not safe for concurrent use.</summary>
/// <remarks>What <see cref="TakeBlock"/> and <see cref="TakeEnd"/> give is valid until the next call of either.</remarks>
internal sealed class VectorFileEncoder
{
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private bool _hasHeader;
    private int _dimensions;
    private long _first;
    private int _count;

    /// <summary>Whether it is time to take the block.</summary>
    public bool IsFull => _payload.WrittenCount >= VectorFileFormat.BlockGoal;

    /// <exception cref="ArgumentException">The vector does not go with those before, or is too large.</exception>
    public void Add(SavedVector saved, string parameter)
    {
        long position = _first + _count;
        _dimensions = SparseVectors.RequireOneSpace(saved.Vector, position, _dimensions, parameter);
        int before = _payload.WrittenCount;
        AddId(saved.Id);
        AddEntries(saved.Vector);
        int size = _payload.WrittenCount - before;
        if (size > VectorFileFormat.MaxVectorSize)
        {
            throw new ArgumentException(
                $"The vector at position {position} takes {size} bytes with its id, expected at most {VectorFileFormat.MaxVectorSize}.", parameter);
        }

        _count++;
    }

    /// <summary>The next bytes of the file, with the vectors added since the last call.</summary>
    public ReadOnlyMemory<byte> TakeBlock()
    {
        _output.ResetWrittenCount();
        PutHeader();
        PutBlock();
        return _output.WrittenMemory;
    }

    /// <summary>The last bytes of the file.</summary>
    public ReadOnlyMemory<byte> TakeEnd()
    {
        _output.ResetWrittenCount();
        PutHeader();
        if (_count > 0)
        {
            PutBlock();
        }

        PutBlock();
        return _output.WrittenMemory;
    }

    private void AddId(string? id)
    {
        if (id is null)
        {
            AddVarint(0);
            return;
        }

        int size = StrictUtf8.Encoding.GetByteCount(id);
        AddVarint((uint)size + 1);
        StrictUtf8.Encoding.GetBytes(id.AsSpan(), _payload);
    }

    private void AddEntries(SparseVector vector)
    {
        AddVarint((uint)vector.Count);
        int previous = -1;
        foreach (int index in vector.Indices)
        {
            AddVarint((uint)(index - previous - 1));
            previous = index;
        }

        foreach (float value in vector.Values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(_payload.GetSpan(sizeof(float)), value);
            _payload.Advance(sizeof(float));
        }
    }

    private void AddVarint(uint value)
    {
        while (value >= 0x80)
        {
            AddByte((byte)(value | 0x80));
            value >>= 7;
        }

        AddByte((byte)value);
    }

    private void AddByte(byte value)
    {
        _payload.GetSpan(1)[0] = value;
        _payload.Advance(1);
    }

    private void PutHeader()
    {
        if (_hasHeader)
        {
            return;
        }

        Span<byte> head = _output.GetSpan(VectorFileFormat.HeadSize)[..VectorFileFormat.HeadSize];
        VectorFileFormat.Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], VectorFileFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], _dimensions);
        PutHead(head, []);
        _hasHeader = true;
    }

    /// <summary>The vectors added so far as a block; the end of the file if there are none.</summary>
    private void PutBlock()
    {
        Span<byte> head = _output.GetSpan(VectorFileFormat.HeadSize)[..VectorFileFormat.HeadSize];
        BinaryPrimitives.WriteInt64LittleEndian(head, _first);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], _count);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], _payload.WrittenCount);
        PutHead(head, _payload.WrittenSpan);
        _output.Write(_payload.WrittenSpan);
        _payload.ResetWrittenCount();
        _first += _count;
        _count = 0;
    }

    private void PutHead(Span<byte> head, ReadOnlySpan<byte> payload)
    {
        uint checksum = VectorFileFormat.Checksum(head[..VectorFileFormat.CheckedSize], payload);
        BinaryPrimitives.WriteUInt32LittleEndian(head[VectorFileFormat.CheckedSize..], checksum);
        _output.Advance(VectorFileFormat.HeadSize);
    }
}
