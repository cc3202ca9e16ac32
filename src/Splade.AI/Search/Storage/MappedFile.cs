using System.IO.MemoryMappedFiles;

namespace Splade.AI.Search.Storage;

/// <summary>A file as memory, to be read only.</summary>
/// <remarks>It may be deleted while it is mapped, where the system allows it: what is mapped stays until then.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _pointer;
    private int _isReleased;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public MappedFile(string path)
    {
        var stream = new FileStream(IndexFile.OpenRead(path), FileAccess.Read, bufferSize: 0);
        try
        {
            Length = stream.Length;
            _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _pointer = pointer;
    }

    ~MappedFile() => Release();

    public long Length { get; }

    /// <summary>The first byte, at the beginning of a page.</summary>
    public byte* Pointer => _pointer;

    /// <summary>The first bytes, fewer if the file is shorter.</summary>
    public ReadOnlySpan<byte> Start(int length) => new(_pointer, (int)Math.Min(length, Length));

    public void Dispose()
    {
        if (Release())
        {
            _view.Dispose();
            _file.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    private bool Release()
    {
        // A file that could not be mapped has nothing to give back.
        bool isFirst = _pointer is not null && Interlocked.Exchange(ref _isReleased, 1) == 0;
        if (isFirst)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        return isFirst;
    }
}
