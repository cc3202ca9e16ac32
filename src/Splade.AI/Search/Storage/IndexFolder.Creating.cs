namespace Splade.AI.Search.Storage;

/// <content>Making an index: in a folder that holds nothing else, so that what lost its manifest is never taken for an empty index.</content>
internal sealed partial class IndexFolder
{
    private const string BegunManifest = ManifestFile.Name + DurableFile.Suffix;

    private static IndexFolder OpenEmpty(string path, FolderLock held, FolderOptions options)
    {
        FinishDeleting(path, held);
        string[] begun = [.. FindBegun(path)];
        RequireNothingBut([FolderLock.FileName, .. begun], path);
        Array.ForEach(begun, name => File.Delete(System.IO.Path.Combine(path, name)));

        // The manifest is prepared before there is a log: a log that comes without it is not one that was begun here.
        var header = new LogHeader(Guid.NewGuid(), options.Kind, options.Keys);
        var log = new NamedLog(FolderFiles.FirstLog, header.Id, LogHeader.Size, Checksum.Of(header.Write()), IsClosed: false);
        var manifest = new IndexManifest(options.Kind, options.Keys, new Dictionary<string, string>(options.EmbeddingSpace ?? new Dictionary<string, string>()), 1, log, []);
        var folder = new IndexFolder(path, held, new FolderFiles(path, held, []), options, manifest);
        DurableFile.Prepare(System.IO.Path.Combine(path, ManifestFile.Name), ManifestFile.Write(manifest));
        folder._log = folder.NewLog(header, from: null);
        try
        {
            DurableFile.FlushNames(path);
            folder.Replace(manifest, begun: null);
            return folder;
        }
        catch
        {
            folder._log.Dispose();
            throw;
        }
    }

    /// <summary>What a process has left that died while it made an index here.</summary>
    private static IEnumerable<string> FindBegun(string path)
    {
        string begun = System.IO.Path.Combine(path, BegunManifest);
        if (!System.IO.Path.Exists(begun) || !ManifestFile.IsBegun(begun))
        {
            return [];
        }

        return ManifestFile.TryRead(begun) switch
        {
            null => [BegunManifest],
            { Commit: 1 } first => System.IO.Path.Exists(System.IO.Path.Combine(path, first.Log.File)) ? [BegunManifest, first.Log.File] : [BegunManifest],
            _ => [],
        };
    }

    private static void RequireNothingBut(IEnumerable<string> own, string path)
    {
        string[] others = [.. FolderMarks.NamesIn(path).Except(own)];
        if (others is not [string other, ..])
        {
            return;
        }

        string message = others.Any(name => name.StartsWith(FolderMarks.Copying, StringComparison.Ordinal))
            ? "The folder holds a copy that was not finished. Empty it and copy again, or name another folder."
            : FolderFiles.IsName(other)
                ? $"Found '{other}', but no '{ManifestFile.Name}' that says what the folder holds. Restore the folder from a backup, or name an empty one."
                : $"Found '{other}', but no '{ManifestFile.Name}': the folder holds something else than an index. Name an empty folder, or one that is not there yet.";
        throw new SearchStorageException(message, path);
    }
}
