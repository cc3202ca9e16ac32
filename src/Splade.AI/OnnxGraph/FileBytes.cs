using Microsoft.Win32.SafeHandles;
using Splade.AI.Files;

namespace Splade.AI.OnnxGraph;

/// <summary>The bytes of a file, read where they are wanted.</summary>
/// <remarks>
/// What is parsed of a model is not mapped into memory: a mapped file that another process cuts short ends this process, a read of it ends in
/// an exception. That is a small part of a model, and a window makes it as fast. The numbers that a model computes with are mapped, by ONNX
/// Runtime in any case.
/// </remarks>
internal sealed class FileBytes : ByteSource
{
    private readonly SafeFileHandle _file;
    private byte[] _window = new byte[64 * 1024];
    private long _windowStart;
    private int _windowLength;

    private FileBytes(SafeFileHandle file, string path)
        : base(path)
    {
        _file = file;
        Length = RandomAccess.GetLength(file);
    }

    public override long Length { get; }

    /// <exception cref="SpladeModelException">The file cannot be opened.</exception>
    public static FileBytes Open(string path)
    {
        try
        {
            return new FileBytes(RegularFile.Open(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpladeModelException($"The file cannot be read. Copy it here again from its origin, or permit reading it. {e.Message}", path, e);
        }
    }

    public override ReadOnlySpan<byte> Window(long offset, int length)
    {
        if (offset < _windowStart || offset + length > _windowStart + _windowLength)
        {
            Move(offset, length);
        }

        return _window.AsSpan((int)(offset - _windowStart), length);
    }

    public override void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_file, destination, offset);
            if (read == 0)
            {
                throw new SpladeModelException(
                    $"The file ends at byte {offset}, expected {destination.Length} more. "
                    + "It was cut short while it was read: copy it again from its origin.",
                    Name);
            }

            destination = destination[read..];
            offset += read;
        }
    }

    /// <summary>32-bit floats, which stay in the file and outlive this object.</summary>
    /// <param name="offset">Where they begin, in bytes.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="SpladeModelException">The file cannot be opened again, or not be mapped into memory.</exception>
    public FileNumbers NumbersAt(long offset, long count)
    {
        SafeFileHandle? file = null;
        try
        {
            file = RegularFile.Open(Name, share: FileShare.Read | FileShare.Delete);
            return new FileNumbers(file, Name, offset, count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new SpladeModelException($"The file cannot be mapped into memory. Copy it here again from its origin. {e.Message}", Name, e);
        }
    }

    public override void Dispose() => _file.Dispose();

    private void Move(long offset, int length)
    {
        if (length > _window.Length)
        {
            _window = new byte[length];
        }

        _windowLength = 0;
        int available = (int)Math.Min(_window.Length, Length - offset);
        Read(offset, _window.AsSpan(0, Math.Max(available, length)));
        (_windowStart, _windowLength) = (offset, available);
    }
}
