
namespace Splade.AI.Search.Storage;

/// <summary>Bytes of a segment outside the garbage collector's memory: its own, or a piece of a mapped file.</summary>
/// <remarks>They are there while this object is reachable and not disposed. Safe for concurrent reading.</remarks>
internal sealed unsafe class SegmentMemory : IDisposable
{
    private readonly IDisposable _owner;
    private readonly byte* _pointer;
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

    public uint Checksum()
    {
        const int Piece = 1 << 24;
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
}
