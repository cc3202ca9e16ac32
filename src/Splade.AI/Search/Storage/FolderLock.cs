using Splade.AI.Files;

namespace Splade.AI.Search.Storage;

/// <summary>Keeps a folder for one writer: another one, in this process or in any other, is refused. The system gives it back when a process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The name of the file that is locked.</summary>
    public const string FileName = "lock";

    /// <summary>What is to be said if the folder is not where it was.</summary>
    public const string Moved =
        $"The folder was moved or deleted while it was open, or its file '{FileName}' was. What was acknowledged is in the folder, wherever it is now. "
        + "Close the index, and open it there.";

    private readonly FileLock _file;

    private FolderLock(FileLock file) => _file = file;

    /// <summary>Whether the folder is where it was when it was taken.</summary>
    public bool IsInPlace => _file.IsInPlace;

    /// <exception cref="SearchStorageException">Another index has the folder, or it cannot be written to.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            IndexFile.RequireNoLink(path);
            return FileLock.TryTake(path) is FileLock held
                ? new FolderLock(held)
                : throw new SearchStorageException(
                    "Another index has the folder open, in this process or in another one. Close it first: one writer at a time.", folder);
        }
        catch (UnsuitableFileException e)
        {
            throw new SearchStorageException(e.Message, path, e);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SearchStorageException)
        {
            throw new SearchStorageException(
                $"The folder cannot be written to: {e.Message} Give this user the right to, or open the index elsewhere.", folder, e);
        }
    }

    /// <summary>Makes sure that paths still lead into the folder that was taken.</summary>
    /// <exception cref="SearchStorageException">They do not.</exception>
    public void RequireInPlace()
    {
        if (!IsInPlace)
        {
            throw new SearchStorageException(Moved, Path.GetDirectoryName(_file.Path)!);
        }
    }

    // The file stays: who deleted it could take the place of one who has just opened it.
    public void Dispose() => _file.Dispose();

    /// <summary>Gives back a folder that holds an index no longer, and takes the file with it.</summary>
    public void Delete()
    {
        // Windows deletes no file that is open; elsewhere it goes while nobody else can have it.
        if (OperatingSystem.IsWindows())
        {
            Dispose();
        }

        File.Delete(_file.Path);
        Dispose();
    }
}
