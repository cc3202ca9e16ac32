using System.Buffers.Binary;

namespace Splade.AI.Vectors.Files;

/// <summary>
/// Turns the bytes of a file into vectors. It names the bytes it wants, and whoever reads the file brings them, waiting or not: one
/// decoder for both ways. Not safe for concurrent use.
/// </summary>
internal sealed class VectorFileDecoder
{
    private readonly byte[] _head = new byte[VectorFileFormat.HeadSize];
    private byte[] _payload = [];
    private Part _part = Part.Header;
    private int _dimensions;
    private long _vectors;
    private int _count;
    private long _offset;

    public VectorFileDecoder() => Wanted = _head;

    private enum Part
    {
        Header,
        BlockHead,
        Payload,
        AfterEnd,
    }

    /// <summary>Where the next bytes of the file go, as many as there is room for; empty once the file was read to its end.</summary>
    public Memory<byte> Wanted { get; private set; }

    /// <summary>Takes the bytes that were brought.</summary>
    /// <param name="read">How many there are: fewer than wanted only if the file has no more.</param>
    /// <returns>The vectors that are now known.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public SavedVector[] Accept(int read)
    {
        if (read < Wanted.Length && _part != Part.AfterEnd)
        {
            throw Damaged($"the file ends after {read} of the {Wanted.Length} bytes expected there: it was cut short, or not written to its end");
        }

        SavedVector[] vectors = [];
        switch (_part)
        {
            case Part.Header:
                AcceptHeader();
                break;
            case Part.BlockHead:
                AcceptBlockHead();
                break;
            case Part.Payload:
                vectors = AcceptPayload();
                break;
            case Part.AfterEnd:
                AcceptAfterEnd(read);
                break;
        }

        _offset += read;
        return vectors;
    }

    private void AcceptHeader()
    {
        if (!_head.AsSpan().StartsWith(VectorFileFormat.Magic))
        {
            throw Damaged("this is no file of sparse vectors, or it was changed as if it were text");
        }

        RequireChecksum([]);
        int version = ReadInt32(8);
        if (version != VectorFileFormat.Version)
        {
            throw Damaged($"found version {version} of the format, expected {VectorFileFormat.Version}: a newer version of this library wrote the file");
        }

        _dimensions = ReadInt32(12);
        Want(Part.BlockHead, _head);
    }

    private void AcceptBlockHead()
    {
        long first = BinaryPrimitives.ReadInt64LittleEndian(_head);
        _count = ReadInt32(8);
        int length = ReadInt32(12);
        bool isEnd = _count == 0 && length == 0;
        bool isBlock = _count > 0 && length is > 0 and <= VectorFileFormat.MaxPayload && _dimensions > 0;
        if (first != _vectors || !(isEnd || isBlock))
        {
            throw Damaged($"found the head of a block of {_count} vectors in {length} bytes after {first} vectors, expected one after {_vectors}");
        }

        if (isEnd)
        {
            RequireChecksum([]);
            Want(Part.AfterEnd, _head.AsMemory(0, 1));
            return;
        }

        _payload = _payload.Length >= length ? _payload : new byte[length];
        Want(Part.Payload, _payload.AsMemory(0, length));
    }

    private SavedVector[] AcceptPayload()
    {
        RequireChecksum(Wanted.Span);
        var reader = new PayloadReader(Wanted.Span, _dimensions);
        var vectors = new List<SavedVector>();
        try
        {
            while (!reader.IsAtEnd)
            {
                vectors.Add(reader.ReadVector());
            }
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw Damaged($"vector {vectors.Count} of the block cannot be read: {problem.Message}", problem);
        }

        if (vectors.Count != _count)
        {
            throw Damaged($"found {vectors.Count} vectors in the block, expected {_count}");
        }

        _vectors += _count;
        Want(Part.BlockHead, _head);
        return [.. vectors];
    }

    private void AcceptAfterEnd(int read)
    {
        if (read > 0)
        {
            throw Damaged("found more bytes, expected none after the end of the vectors");
        }

        Wanted = default;
    }

    private void Want(Part part, Memory<byte> bytes) => (_part, Wanted) = (part, bytes);

    private void RequireChecksum(ReadOnlySpan<byte> payload)
    {
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(VectorFileFormat.CheckedSize));
        if (stated != VectorFileFormat.Checksum(_head.AsSpan(0, VectorFileFormat.CheckedSize), payload))
        {
            throw Damaged("the bytes there do not have the checksum that was written with them");
        }
    }

    private int ReadInt32(int at) => BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(at));

    private InvalidDataException Damaged(string problem, Exception? cause = null) =>
        new($"At byte {_offset}, after {_vectors} vectors: {problem}.", cause);
}
