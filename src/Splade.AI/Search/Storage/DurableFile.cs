using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Search.Storage;

/// <summary>Files that are there as a whole after a crash, or not at all.</summary>
internal static partial class DurableFile
{
    private const int OpenReadOnly = 0;

    private const string Suffix = ".new";

    /// <summary>Writes what is to become a file, under another name, and brings it to the disk.</summary>
    /// <param name="path">The file, which stays as it is until <see cref="Replace"/>.</param>
    /// <param name="content">What it will hold.</param>
    /// <exception cref="SearchStorageException">The disk is full, or the folder cannot be written to.</exception>
    public static void Prepare(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path + Suffix, FileMode.Create, FileAccess.Write);
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The file cannot be written: {e.Message} Make room on the disk.", path, e);
        }
    }

    /// <summary>Deletes a file, and what was prepared in its place.</summary>
    public static void Delete(string path)
    {
        File.Delete(path + Suffix);
        File.Delete(path);
    }

    /// <summary>Puts what was prepared in the place of the file, at once.</summary>
    public static void Replace(string path)
    {
        File.Move(path + Suffix, path, overwrite: true);
        FlushNames(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Brings the names of a folder's files to the disk. Windows does that with the files.</summary>
    public static void FlushNames(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(folder, OpenReadOnly);
        if (handle < 0)
        {
            throw Failure("opened", folder);
        }

        try
        {
            if (Flush(handle) != 0)
            {
                throw Failure("brought to the disk", folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static SearchStorageException Failure(string what, string folder) =>
        new($"The folder cannot be {what}: {Marshal.GetLastPInvokeErrorMessage()}", folder);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
