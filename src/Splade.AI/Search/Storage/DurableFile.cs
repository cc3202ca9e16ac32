using System.Runtime.InteropServices;

namespace Splade.AI.Search.Storage;

/// <summary>Files that are there as a whole after a crash, or not at all.</summary>
internal static partial class DurableFile
{
    private const int OpenReadOnly = 0;

    /// <summary>Writes a file in place of one with the same name: under another name, to the disk, renamed, and the name to the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    public static void Replace(string path, Action<FileStream> write)
    {
        string temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
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
