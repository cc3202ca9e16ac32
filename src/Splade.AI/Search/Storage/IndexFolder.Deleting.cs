namespace Splade.AI.Search.Storage;

/// <content>Deleting: the files of an index go, and nothing else that lies beside them.</content>
internal sealed partial class IndexFolder
{
    /// <summary>Whether there is an index in a folder: one that can be opened, or that is damaged.</summary>
    public static bool IsIn(string path) => File.Exists(System.IO.Path.Combine(path, ManifestFile.Name));

    /// <summary>Whether a process died while it deleted the index of a folder.</summary>
    /// <exception cref="SearchStorageException">It cannot be read.</exception>
    public static bool IsHalfDeleted(string path) =>
        System.IO.Path.Combine(path, FolderMarks.Deleting) is string mark && !IsIn(path) && File.Exists(mark) && ManifestFile.IsOne(mark);

    /// <summary>Deletes an index, whether it is damaged or not, and its folder, if nothing else is in it.</summary>
    /// <exception cref="SearchStorageException">It is in use, or a file cannot be deleted; deleting can be tried again.</exception>
    public static void Delete(string path)
    {
        using FolderLock held = FolderLock.Take(path);
        try
        {
            string manifest = System.IO.Path.Combine(path, ManifestFile.Name);
            if (System.IO.Path.Exists(manifest))
            {
                // From here on there is no index any longer, and whoever comes next takes away what is left of it.
                File.Move(manifest, System.IO.Path.Combine(path, FolderMarks.Deleting), overwrite: true);
                DurableFile.FlushNames(path);
            }

            FinishDeleting(path, held);
            held.Delete();
            if (!Directory.EnumerateFileSystemEntries(path).Any())
            {
                Directory.Delete(path);
            }
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SearchStorageException)
        {
            throw new SearchStorageException($"The index cannot be deleted: {e.Message} End what reads its files, and delete it again.", path, e);
        }
    }

    private static void FinishDeleting(string path, FolderLock held)
    {
        string mark = System.IO.Path.Combine(path, FolderMarks.Deleting);
        if (!System.IO.Path.Exists(mark) || !ManifestFile.IsOne(mark))
        {
            return;
        }

        IEnumerable<string> named = ManifestFile.TryRead(mark)?.Files ?? [];
        foreach (string name in new FolderFiles(path, held, []).Own().Union(named).Append(BegunManifest))
        {
            File.Delete(System.IO.Path.Combine(path, name));
        }

        // As long as it is there, there is something to delete.
        DurableFile.FlushNames(path);
        File.Delete(mark);
        DurableFile.FlushNames(path);
    }
}
