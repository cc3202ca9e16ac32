namespace Splade.AI.Search.Storage;

/// <summary>Keeps a folder for one writer: another one, in this process or in any other, is refused. The system gives it back when a process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "lock";

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
        catch (UnauthorizedAccessException e)
        {
            throw new SearchStorageException("The folder cannot be written to. Give this user the right to, or open the index elsewhere.", folder, e);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new SearchStorageException(
                "Another index has the folder open, in this process or in another one. Close it first: one writer at a time.", folder, e);
        }
    }

    // The file stays: who deleted it could take the place of one who has just opened it.
    public void Dispose() => _file.Dispose();
}
