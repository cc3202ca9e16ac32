
namespace Splade.AI.Search.Storage;

/// <summary>Bytes of a segment outside the garbage collector's memory: its own, or a piece of a mapped file.</summary>
/// <remarks>They are there while this object is reachable and not disposed. Safe for concurrent reading.</remarks>
internal sealed unsafe class SegmentMemory : IDisposable
{
    /// <summary>Files below this share of the memory are read ahead: what a search leaves out is soon read by others.</summary>
    private const int ShareOfLarge = 8;

    private readonly IDisposable _owner;
    private readonly byte* _pointer;
    private readonly long _offset;
    private (long Offset, long Length) _scattered;
    private int _isReleased;

    /// <summary>Memory of its own, aligned to a cache line; all bytes are zero at first.</summary>
    public SegmentMemory(long length)
    {
        var buffer = new AlignedBuffer<byte>((nint)length);
        _owner = buffer;
        _pointer = buffer.Pointer;
        Length = length;
        AddPressure();
    }

    /// <summary>A piece of a mapped file, which may be written to if the file may.</summary>
    public SegmentMemory(MappedFile file, long offset, long length)
    {
        _owner = file;
        _offset = offset;
        _pointer = file.Pointer + offset;
        Length = length;
        AddPressure();
    }

    /// <summary>Memory of the process, for so many bytes.</summary>
    public static Func<long, SegmentMemory> OfTheProcess { get; } = length => new SegmentMemory(length);

    // Segments that were merged go when nobody can reach them: the collector has to know that they are worth collecting.
    ~SegmentMemory() => RemovePressure();

    public long Length { get; }

    public byte* Pointer => _pointer;

    public Span<T> Span<T>(long offset, int length)
        where T : unmanaged => new(_pointer + offset, length);

    /// <summary>
    /// Says that a part is read here and there: a row or two of thousands. Of a file that takes a good part of the memory nothing is read ahead there, as
    /// the system would read, and keep, thirty times the bytes that are wanted.
    /// </summary>
    public void ExpectScattered(long offset, long length)
    {
        if (Length > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfLarge)
        {
            _scattered = (offset, length);
            Expect(isScattered: true);
        }
    }

    /// <summary>Says that a part is about to be read: where it is read here and there, but wanted as a whole.</summary>
    public void Fetch(long offset, long length)
    {
        if (_owner is MappedFile file && _scattered.Length > 0)
        {
            file.Fetch(_offset + offset, length);
        }
    }

    /// <summary>Says that all is read now, from the beginning to the end.</summary>
    /// <returns>Ends that.</returns>
    public IDisposable ReadAll()
    {
        Expect(isScattered: false);
        return new Reading(this);
    }

    public uint Checksum()
    {
        const int Piece = 1 << 24;
        using IDisposable reading = ReadAll();
        uint checksum = 0;
        for (long offset = 0; offset < Length; offset += Piece)
        {
            checksum = Storage.Checksum.Of(Span<byte>(offset, (int)Math.Min(Piece, Length - offset)), checksum);
        }

        GC.KeepAlive(this);
        return checksum;
    }

    public void Dispose()
    {
        _owner.Dispose();
        RemovePressure();
        GC.SuppressFinalize(this);
    }

    private void Expect(bool isScattered)
    {
        if (_owner is MappedFile file && _scattered is (long offset, > 0 and long length))
        {
            file.Expect(_offset + offset, length, isScattered);
        }
    }

    private void AddPressure()
    {
        if (Length > 0)
        {
            GC.AddMemoryPressure(Length);
        }
    }

    private void RemovePressure()
    {
        if (Length > 0 && Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            GC.RemoveMemoryPressure(Length);
        }
    }

    private sealed class Reading(SegmentMemory memory) : IDisposable
    {
        public void Dispose() => memory.Expect(isScattered: true);
    }
}
