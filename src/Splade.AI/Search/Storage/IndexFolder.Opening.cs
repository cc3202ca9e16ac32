namespace Splade.AI.Search.Storage;

/// <content>Opening: what the manifest names is checked, and what it does not name goes.</content>
internal sealed partial class IndexFolder
{
    /// <summary>Opens a folder, or makes an empty one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">What it is to hold.</param>
    /// <param name="part">Is given the segments in order, and their rows that are not there any longer.</param>
    /// <param name="record">Is given the records of the log after that, in order.</param>
    /// <param name="cancellationToken">Ends the checking early.</param>
    /// <exception cref="SearchStorageException">The folder is in use, cannot be written to, is damaged, or holds something else.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the folder is as it was.</exception>
    public static IndexFolder Open(
        string path, FolderOptions options, Action<SegmentFile, ManifestPart> part, Action<ReadOnlySpan<byte>> record, CancellationToken cancellationToken)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Indexes on disk need a little-endian processor.");
        }

        // The current folder may be another one later.
        path = System.IO.Path.GetFullPath(path);
        DurableFile.CreateFolder(path);
        FolderLock held = FolderLock.Take(path);
        try
        {
            var files = new FolderFiles(path);
            string manifestPath = files.PathOf(ManifestFile.Name);
            return File.Exists(manifestPath)
                ? OpenAsItIs(path, held, files, options, ManifestFile.Read(manifestPath), part, record, cancellationToken)
                : OpenEmpty(path, held, files, options);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static IndexFolder OpenEmpty(string path, FolderLock held, FolderFiles files, FolderOptions options)
    {
        if (File.Exists(files.PathOf(FolderFiles.Unfinished)))
        {
            throw new SearchStorageException("The folder holds a copy that was not finished. Empty it and copy again, or name another folder.", path);
        }

        // A log without records is what is left when the process died here.
        if (files.Existing().FirstOrDefault(name => FolderFiles.IsSegment(name) || !WriteAheadLog.IsEmpty(files.PathOf(name))) is string written)
        {
            throw new SearchStorageException(
                $"Found '{written}', but no '{ManifestFile.Name}' that says what the folder holds. Restore the folder from a backup, or name an empty one.", path);
        }

        files.Discard(files.Existing());
        WriteAheadLog log = NewLog(files);
        var manifest = new IndexManifest(
            options.Kind, options.Keys, new Dictionary<string, string>(options.Space ?? new Dictionary<string, string>()), System.IO.Path.GetFileName(log.Path), []);
        var folder = new IndexFolder(path, held, files, options, manifest, log);
        folder.Commit([], startLog: false);
        return folder;
    }

    private static IndexFolder OpenAsItIs(
        string path,
        FolderLock held,
        FolderFiles files,
        FolderOptions options,
        IndexManifest manifest,
        Action<SegmentFile, ManifestPart> part,
        Action<ReadOnlySpan<byte>> record,
        CancellationToken cancellationToken)
    {
        RequireSame(path, manifest, options);
        var segments = new List<SegmentFile>();
        WriteAheadLog? log = null;
        try
        {
            foreach (ManifestPart named in manifest.Parts)
            {
                segments.Add(OpenSegment(files.PathOf(named.File), options));
            }

            if (options.Verify)
            {
                Verify(segments, cancellationToken);
            }

            for (int i = 0; i < segments.Count; i++)
            {
                part(segments[i], manifest.Parts[i]);
            }

            log = OpenLog(files.PathOf(manifest.Log), record);

            // The manifest may have come to its place right before the process died: what it replaced goes after that is sure.
            DurableFile.FlushNames(path);
            files.Discard(files.Existing().Except(manifest.Files));
            File.Delete(files.PathOf(FolderFiles.Unfinished));
            return new IndexFolder(path, held, files, options, manifest, log);
        }
        catch
        {
            segments.ForEach(segment => segment.Dispose());
            log?.Dispose();
            throw;
        }
    }

    private static void RequireSame(string path, IndexManifest manifest, FolderOptions options)
    {
        if (manifest.Kind != options.Kind || manifest.Keys != options.Keys)
        {
            throw new SearchStorageException(
                $"Found an index of kind '{manifest.Kind}' with keys of type {manifest.Keys}, expected '{options.Kind}' with {options.Keys}. "
                + "Open it as what it is, or name another folder.",
                path);
        }

        if (options.Space is not null && SpaceDifferences.Find(manifest.Space, options.Space) is { Count: > 0 } differences)
        {
            throw new SearchStorageException(
                $"The vectors of the folder cannot be compared with those that are to come: {string.Join("; ", differences)}. "
                + "Use the model and the policy that the folder was made with, or fill another folder.",
                path);
        }
    }

    private static SegmentFile OpenSegment(string path, FolderOptions options)
    {
        SegmentFile segment = SegmentFile.Open(path);
        if (segment.Header.Kind == options.Kind && segment.Header.Keys == options.Keys)
        {
            return segment;
        }

        segment.Dispose();
        throw new SearchStorageException(
            $"Found a segment of kind '{segment.Header.Kind}' with keys of type {segment.Header.Keys}, expected '{options.Kind}' with {options.Keys}. "
            + "Restore the folder from a backup.",
            path);
    }

    private static WriteAheadLog OpenLog(string path, Action<ReadOnlySpan<byte>> record)
    {
        if (!File.Exists(path))
        {
            throw new SearchStorageException("The log is missing, and with it the last writes. Restore the folder from a backup.", path);
        }

        return WriteAheadLog.Open(path, content =>
        {
            if (!content.SequenceEqual(Nothing))
            {
                record(content);
            }
        });
    }

    private static void Verify(IEnumerable<SegmentFile> segments, CancellationToken cancellationToken)
    {
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            Parallel.ForEach(segments, parallel, segment => segment.Verify(cancellationToken));
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<SearchStorageException>().FirstOrDefault() is SearchStorageException damage)
        {
            throw damage;
        }
    }
}
