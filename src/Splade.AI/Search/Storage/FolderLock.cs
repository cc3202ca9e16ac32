namespace Splade.AI.Search.Storage;

/// <summary>Keeps a folder for one writer: another one, in this process or in any other, is refused. The system gives it back when a process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "lock";

    /// <summary>How systems say that another one has the file: EWOULDBLOCK of Linux and of macOS, and the sharing and lock violations of Windows.</summary>
    private static readonly int[] InUse = [11, 35, 32, 33];

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="SearchStorageException">Another index has the folder, or it cannot be written to.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (InUse.Contains(e.HResult & 0xFFFF))
        {
            throw new SearchStorageException(
                "Another index has the folder open, in this process or in another one. Close it first: one writer at a time.", folder, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException(
                $"The folder cannot be written to: {e.Message} Give this user the right to, or open the index elsewhere.", folder, e);
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

        File.Delete(_file.Name);
        Dispose();
    }
}
