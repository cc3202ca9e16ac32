namespace Splade.AI.Search.Storage;

/// <content>Deleting: the files of an index go, and nothing else that lies beside them.</content>
internal sealed partial class IndexFolder
{
    /// <summary>Whether there is an index in a folder: one that can be opened, or that is damaged.</summary>
    public static bool IsIn(string path) => File.Exists(System.IO.Path.Combine(path, ManifestFile.Name));

    /// <summary>Deletes an index, whether it is damaged or not, and its folder, if nothing else is in it.</summary>
    /// <exception cref="SearchStorageException">It is in use, or a file cannot be deleted; deleting can be tried again.</exception>
    public static void Delete(string path)
    {
        using FolderLock held = FolderLock.Take(path);
        try
        {
            var files = new FolderFiles(path);
            foreach (string name in files.Existing())
            {
                File.Delete(files.PathOf(name));
            }

            // As long as it is there, there is something to delete.
            DurableFile.Delete(files.PathOf(ManifestFile.Name));
            held.Delete();
            if (!Directory.EnumerateFileSystemEntries(path).Any())
            {
                Directory.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The index cannot be deleted: {e.Message} End what reads its files, and delete it again.", path, e);
        }
    }
}
