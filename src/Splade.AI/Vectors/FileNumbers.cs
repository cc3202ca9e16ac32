using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI;

/// <summary>Numbers that stay in their file: mapped into memory while many of them are read, and read one row at a time after that.</summary>
/// <remarks>
/// The system shares the pages of a mapped file between processes and may drop them, but counts those that were read, and their neighbours, to
/// the process. The file may be renamed, deleted or replaced meanwhile: the numbers stay those of the one that was opened. One that is cut short
/// in place ends the process that reads its mapped end, as it does for whatever else maps the file, and is an error where it is read.
/// </remarks>
internal sealed unsafe class FileNumbers : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long _offset;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="file">The file, which this object owns from now on.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <param name="offset">Where the numbers begin, in bytes. Processors that run .NET read them wherever that is.</param>
    /// <param name="count">How many there are: 32-bit floats, little-endian, one after the other.</param>
    /// <exception cref="IOException">The system does not map the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not map the file, or it is shorter.</exception>
    public FileNumbers(SafeFileHandle file, string path, long offset, long count)
    {
        _file = file;
        _path = path;
        _offset = offset;
        Length = (nint)count;
        using var mapping = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = mapping.CreateViewAccessor(offset, count * sizeof(float), MemoryMappedFileAccess.Read);

        // A view begins at a page, and what was asked for somewhat later.
        Pointer = (float*)((byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + _view.PointerOffset);
    }

    public nint Length { get; }

    /// <summary>The first number. It is valid while this object is reachable, and not disposed or unmapped; null after that.</summary>
    public float* Pointer { get; private set; }

    /// <summary>Ends the mapping. Nobody may be reading.</summary>
    public void Unmap()
    {
        Pointer = null;
        _view.Dispose();
    }

    /// <summary>Reads some numbers.</summary>
    /// <exception cref="SpladeModelException">The file was cut short.</exception>
    public void Read(nint first, Span<float> numbers)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(numbers);
        long offset = _offset + (first * (long)sizeof(float));
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0)
            {
                throw new SpladeModelException(
                    "The file was cut short while the model was in use. Copy it again from its origin, and load the model again.", _path);
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    public void Dispose()
    {
        Unmap();
        _file.Dispose();
    }
}
