using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Splade.AI.Files;

namespace Splade.AI.Search.Storage;

/// <summary>Files that are there as a whole after a crash, or not at all.</summary>
internal static partial class DurableFile
{
    /// <summary>What is behind the name of a file while it is prepared.</summary>
    public const string Suffix = ".new";

    private const int OpenReadOnly = 0;

    /// <summary>macOS: <c>F_FULLFSYNC</c> of <c>fcntl</c>, which has the disk empty its own buffers too.</summary>
    private const int FullFlush = 51;

    /// <summary>How systems say that a disk, or a user's share of it, is full: ENOSPC, EDQUOT of Linux and of macOS, and two errors of Windows.</summary>
    private static readonly int[] Full = [28, 122, 69, 112, 39];

    /// <summary>How Linux says that a file system reserves nothing: EINVAL and EOPNOTSUPP. glibc writes in its place then, musl does not.</summary>
    private static readonly int[] NotReserved = [22, 95];

    private static readonly AsyncLocal<Action<string>?> LocalFlushing = new();

    /// <summary>Is told of each flush before it begins. What it throws is what the flush throws: tests put faults there.</summary>
    internal static Action<string>? Flushing
    {
        get => LocalFlushing.Value;
        set => LocalFlushing.Value = value;
    }

    /// <summary>Brings what was written to a file to the disk.</summary>
    /// <remarks>The flushes of .NET 10 return where the system could not do it on Linux and macOS: nothing may be acknowledged on their word.</remarks>
    /// <param name="file">The file.</param>
    /// <param name="path">Its name.</param>
    /// <exception cref="IOException">The system could not do it. What lies on the disk is not known then.</exception>
    public static void Flush(SafeFileHandle file, string path)
    {
        Flushing?.Invoke(path);
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            int handle = (int)file.DangerousGetHandle();
            Flush(OperatingSystem.IsMacOS() ? () => Control(handle, FullFlush) : () => Flush(handle));
        }
        finally
        {
            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>Makes a file longer by zeros that have their place on the disk: a mapped file that lacks it ends the process when it is written to.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Its end.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="path">Its name.</param>
    /// <exception cref="IOException">The disk has no room for them.</exception>
    public static void Reserve(SafeFileHandle file, long offset, long length, string path) =>
        Reserve(file, offset, length, path, OperatingSystem.IsLinux() && Environment.Is64BitProcess ? Allocate : null);

    /// <summary>The same with what asks the system for the place, and gives its error back; null where there is no such call.</summary>
    internal static void Reserve(SafeFileHandle file, long offset, long length, string path, Func<SafeFileHandle, long, long, int>? allocate)
    {
        Flushing?.Invoke(path);
        if (allocate is not null)
        {
            int error;
            do
            {
                error = allocate(file, offset, length);
            }
            while (error == UnixMode.Interrupted);

            if (error == 0)
            {
                return;
            }

            if (!NotReserved.Contains(error))
            {
                throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}.", error);
            }
        }

        byte[] zeros = new byte[1 << 20];
        for (long from = 0; from < length; from += zeros.Length)
        {
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, length - from)), offset + from);
        }
    }

    /// <summary>Writes what is to become a file, under another name, and brings it to the disk.</summary>
    /// <param name="path">The file, which stays as it is until <see cref="Replace"/>.</param>
    /// <param name="content">What it will hold.</param>
    /// <exception cref="SearchStorageException">The disk is full, or the folder cannot be written to.</exception>
    public static void Prepare(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            IndexFile.RequireUnlessMissing(path + Suffix);
            using SafeFileHandle file = File.OpenHandle(path + Suffix, FileMode.Create, FileAccess.Write);
            RandomAccess.Write(file, content, 0);
            Flush(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The file cannot be written: {e.Message} Make room on the disk, or give this user the right to write there.", path, e);
        }
    }

    /// <summary>Puts what was prepared in the place of the file, at once.</summary>
    /// <exception cref="SearchStorageException">It cannot be put there, or it is not known whether it will be after a crash.</exception>
    public static void Replace(string path)
    {
        try
        {
            File.Move(path + Suffix, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The file cannot be replaced: {e.Message} Give this user the right to write there.", path, e);
        }

        FlushNames(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Whether something could not be written because the disk is full.</summary>
    public static bool IsForFullDisk(SearchStorageException e) => e.InnerException is IOException inner && Full.Contains(inner.HResult & 0xFFFF);

    /// <summary>Makes a folder, and those above it that are not there. Their names are on the disk when this returns.</summary>
    /// <exception cref="SearchStorageException">It cannot be made.</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            string existing = path;
            while (!Directory.Exists(existing))
            {
                existing = Path.GetDirectoryName(existing) ?? throw new DirectoryNotFoundException($"There is no '{existing}'.");
            }

            Directory.CreateDirectory(path);
            for (string made = path; made != existing; made = Path.GetDirectoryName(made)!)
            {
                FlushNames(Path.GetDirectoryName(made)!);
            }
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SearchStorageException)
        {
            throw new SearchStorageException($"The folder cannot be made: {e.Message} Name one that this user may write to.", path, e);
        }
    }

    /// <summary>Brings the names of a folder's files to the disk. Windows does that with the files.</summary>
    /// <exception cref="SearchStorageException">The system could not do it.</exception>
    public static void FlushNames(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(folder, OpenReadOnly);
        if (handle < 0)
        {
            throw new SearchStorageException($"The folder cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.", folder);
        }

        try
        {
            Flushing?.Invoke(folder);
            Flush(() => Flush(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The names of the files cannot be brought to the disk: {e.Message}", folder, e);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static void Flush(Func<int> call)
    {
        while (call() != 0)
        {
            if (Marshal.GetLastPInvokeError() != UnixMode.Interrupted)
            {
                throw new IOException(Marshal.GetLastPInvokeErrorMessage() + ".", Marshal.GetLastPInvokeError());
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    /// <summary><c>posix_fallocate</c>, which gives the error back. Its numbers have 64 bits in processes of 64 bits.</summary>
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int Allocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int handle, int command);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
