using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Files;

/// <summary>A file that one holder at a time has, in this process or in another. The system gives it back when the holder ends, however it ends.</summary>
/// <remarks>
/// .NET's own lock is taken first: Windows has no other, and other programs that know it are kept out. Elsewhere it can be switched off by an
/// environment variable, and is left out without a word where the file system gives none; so the system is asked for the same lock itself.
/// </remarks>
internal sealed partial class FileLock : IDisposable
{
    private const int Exclusive = 2;
    private const int OrFail = 4;

    /// <summary>How systems say that another one has the file: EWOULDBLOCK of Linux and of macOS, and the sharing and lock violations of Windows.</summary>
    private static readonly int[] Held = [11, 35, 32, 33];

    private readonly SafeFileHandle _file;
    private readonly FileStatus _status;

    private FileLock(string path, SafeFileHandle file, FileStatus status)
    {
        Path = path;
        _file = file;
        _status = status;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether the path leads to the file that is held: not if the file, or a folder on the way, was renamed or deleted.</summary>
    /// <remarks>Windows renames and deletes no folder with an open file in it, and opens none that is held.</remarks>
    public bool IsInPlace
    {
        get
        {
            try
            {
                return OperatingSystem.IsWindows() || (FileStatus.Of(Path) is FileStatus now && now.IsSameFileAs(_status));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What cannot be reached is not where it was.
                return false;
            }
        }
    }

    /// <summary>Takes a file, which is made if it is not there; null if another one has it.</summary>
    /// <exception cref="UnsuitableFileException">There is something else than a regular file.</exception>
    /// <exception cref="IOException">The file cannot be opened, or its file system gives no locks.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileLock? TryTake(string path)
    {
        while (true)
        {
            FileLock? held = TryOpen(path);
            if (held?.IsInPlace is not false)
            {
                return held;
            }

            // Another one has just deleted it: who comes next would take another file of this name.
            held.Dispose();
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileLock? TryOpen(string path)
    {
        SafeFileHandle file;
        try
        {
            _ = RegularFile.Exists(path); // which refuses what is something else
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Held.Contains(e.HResult & 0xFFFF))
        {
            return null;
        }

        bool isTaken = false;
        try
        {
            if (!OperatingSystem.IsWindows() && !TryLock(file))
            {
                return null;
            }

            FileStatus status = FileStatus.Of(file);
            isTaken = true;
            return new FileLock(path, file, status);
        }
        finally
        {
            if (!isTaken)
            {
                file.Dispose();
            }
        }
    }

    private static bool TryLock(SafeFileHandle file)
    {
        while (Lock(file, Exclusive | OrFail) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (Held.Contains(error))
            {
                return false;
            }

            if (error != UnixMode.Interrupted)
            {
                throw new IOException(
                    $"The file system gives no lock ({Marshal.GetLastPInvokeErrorMessage()}), so two could write at once. Use a folder of a local disk.");
            }
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
