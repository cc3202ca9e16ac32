using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Search.Storage;

/// <summary>A file as memory.</summary>
/// <remarks>It may be deleted while it is mapped, where the system allows it: what is mapped stays until then.</remarks>
internal sealed unsafe partial class MappedFile : IDisposable
{
    // The same on Linux and macOS.
    private const int NormalReading = 0;
    private const int RandomReading = 1;
    private const int SoonRead = 3;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _pointer;
    private int _isReleased;

    /// <summary>Initializes a new instance of the <see cref="MappedFile"/> class for a file to be read only.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public MappedFile(string path)
        : this(IndexFile.OpenRead(path), FileAccess.Read, MemoryMappedFileAccess.Read)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="MappedFile"/> class for a file to be written to, which is closed with it.</summary>
    /// <exception cref="IOException">The file cannot be mapped.</exception>
    public MappedFile(SafeFileHandle file)
        : this(file, FileAccess.ReadWrite, MemoryMappedFileAccess.ReadWrite)
    {
    }

    private MappedFile(SafeFileHandle file, FileAccess access, MemoryMappedFileAccess mapped)
    {
        var stream = new FileStream(file, access, bufferSize: 0);
        try
        {
            Length = stream.Length;
            _file = MemoryMappedFile.CreateFromFile(stream, null, 0, mapped, HandleInheritability.None, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        _view = _file.CreateViewAccessor(0, 0, mapped);
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

    /// <summary>Tells the system how a part will be read. It is a hint: where it cannot be given, reading is as right as before.</summary>
    /// <param name="offset">The part.</param>
    /// <param name="length">Its length; whole pages of it are meant.</param>
    /// <param name="isScattered">Whether it is read here and there, so that nothing is to be read ahead.</param>
    public void Expect(long offset, long length, bool isScattered)
    {
        long page = Environment.SystemPageSize;
        long first = (offset + page - 1) / page * page;
        long pages = (offset + length - first) / page;
        if (pages > 0 && (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()))
        {
            _ = Advise(_pointer + first, (nuint)(pages * page), isScattered ? RandomReading : NormalReading);
        }
    }

    /// <summary>Has the system read a part that is about to be read, all of it at once, if its beginning or its end is on the disk only.</summary>
    /// <param name="offset">The part.</param>
    /// <param name="length">Its length.</param>
    public void Fetch(long offset, long length)
    {
        if (length > 0 && OperatingSystem.IsLinux() && !(IsInMemory(offset) && IsInMemory(offset + length - 1)))
        {
            byte* first = PageOf(offset);
            _ = Advise(first, (nuint)(_pointer + offset + length - first), SoonRead);
        }
    }

    public void Dispose()
    {
        if (Release())
        {
            _view.Dispose();
            _file.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    private byte* PageOf(long offset) => _pointer + (offset / Environment.SystemPageSize * Environment.SystemPageSize);

    private bool IsInMemory(long offset)
    {
        byte isThere = 0;
        return FindInMemory(PageOf(offset), 1, &isThere) != 0 || (isThere & 1) != 0;
    }

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int FindInMemory(byte* address, nuint length, byte* pages);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint length, int advice);

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
