using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Files;

/// <summary>Opens files that others have put there: regular ones only, and none that is larger than it may be.</summary>
/// <remarks>
/// Opening a named pipe waits for ever, and a device may never end. So what a path leads to is asked before it is opened, and what was
/// opened is looked at again. Links are followed: where they may lead is the caller's to say.
/// </remarks>
internal static class RegularFile
{
    /// <summary>Whether a path leads to a regular file; false if it leads to nothing.</summary>
    /// <exception cref="UnsuitableFileException">It leads to something else.</exception>
    /// <exception cref="IOException">The system does not tell.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    public static bool Exists(string path)
    {
        if (FileStatus.Of(path) is not FileStatus status)
        {
            return false;
        }

        Check(status, long.MaxValue);
        return true;
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxLength">The most bytes that it may have.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <exception cref="UnsuitableFileException">It is not a regular file, or too large.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeFileHandle Open(string path, long maxLength = long.MaxValue, FileShare share = FileShare.Read)
    {
        FileStatus status = FileStatus.Of(path) ?? throw new FileNotFoundException($"There is no file '{path}'.", path);
        Check(status, maxLength);
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, share);
        try
        {
            Check(FileStatus.Of(file), maxLength);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file as a stream of its bytes.</summary>
    /// <inheritdoc cref="Open"/>
    public static FileStream OpenRead(string path, long maxLength = long.MaxValue, FileShare share = FileShare.Read) =>
        new(Open(path, maxLength, share), FileAccess.Read);

    /// <summary>Reads a whole file.</summary>
    /// <inheritdoc cref="Open"/>
    public static byte[] ReadAllBytes(string path, long maxLength)
    {
        using SafeFileHandle file = Open(path, maxLength);
        byte[] bytes = new byte[RandomAccess.GetLength(file)];
        int read = Read(file, bytes);
        return read == bytes.Length
            ? bytes
            : throw new IOException($"The file became shorter while it was read: {read} of {bytes.Length} bytes were there.");
    }

    /// <summary>Reads from the beginning of a file until there is no more room, or no more to read.</summary>
    /// <returns>How many bytes were read.</returns>
    public static int Read(SafeFileHandle file, Span<byte> bytes)
    {
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes[read..], read) is int more and > 0)
        {
            read += more;
        }

        return read;
    }

    private static void Check(FileStatus status, long maxLength)
    {
        if (status.Kind != FileKind.Regular)
        {
            throw new UnsuitableFileException($"Found {Name(status.Kind)}, expected a regular file. Put the file itself there.");
        }

        if (status.Length > maxLength)
        {
            throw new UnsuitableFileException(string.Create(
                CultureInfo.InvariantCulture, $"Found {status.Length} bytes, expected at most {maxLength}. Put the right file there."));
        }
    }

    private static string Name(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a named pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        _ => "something else",
    };
}
