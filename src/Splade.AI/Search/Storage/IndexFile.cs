using Microsoft.Win32.SafeHandles;
using Splade.AI.Files;

namespace Splade.AI.Search.Storage;

/// <summary>Opens the files of an index: regular ones, which lie in its folder themselves.</summary>
/// <remarks>A link would let two folders have one file, and a file be written to that is not in the folder.</remarks>
internal static class IndexFile
{
    /// <summary>Opens a file for reading, which others may write to and delete meanwhile.</summary>
    /// <exception cref="IOException">It is missing, is not such a file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeFileHandle OpenRead(string path)
    {
        RequireNoLink(path);
        return RegularFile.Open(path, share: FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Reads the first bytes of a file, fewer if it is shorter.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static byte[] Read(string path, long most)
    {
        using SafeFileHandle file = OpenRead(path);
        long length = Math.Min(RandomAccess.GetLength(file), most);
        if (length > Array.MaxLength)
        {
            throw new UnsuitableFileException($"Found {length} bytes, expected {Array.MaxLength} at most.");
        }

        byte[] bytes = new byte[length];
        int read = RegularFile.Read(file, bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>How many bytes a file has; 0 if it is not there.</summary>
    public static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Refuses what is about to be replaced, unless it is such a file or nothing.</summary>
    /// <exception cref="IOException">It is something else.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be entered.</exception>
    public static void RequireUnlessMissing(string path)
    {
        RequireNoLink(path);
        _ = RegularFile.Exists(path);
    }

    /// <summary>Refuses a link.</summary>
    /// <exception cref="UnsuitableFileException">It is one.</exception>
    public static void RequireNoLink(string path)
    {
        if (new FileInfo(path).LinkTarget is string target)
        {
            throw new UnsuitableFileException($"Found a link to '{target}', expected the file itself. Put it there.");
        }
    }
}
