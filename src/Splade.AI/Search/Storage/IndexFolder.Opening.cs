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
            string manifest = System.IO.Path.Combine(path, ManifestFile.Name);
            return System.IO.Path.Exists(manifest)
                ? OpenAsItIs(path, held, options, ManifestFile.Read(manifest), part, record, cancellationToken)
                : OpenEmpty(path, held, options);
        }
        catch (Exception e)
        {
            held.Dispose();
            if (e is (IOException or UnauthorizedAccessException) and not SearchStorageException)
            {
                throw new SearchStorageException($"The folder cannot be opened: {e.Message}", path, e);
            }

            throw;
        }
    }

    private static IndexFolder OpenAsItIs(
        string path,
        FolderLock held,
        FolderOptions options,
        IndexManifest manifest,
        Action<SegmentFile, ManifestPart> part,
        Action<ReadOnlySpan<byte>> record,
        CancellationToken cancellationToken)
    {
        RequireSame(path, manifest, options);
        var folder = new IndexFolder(path, held, new FolderFiles(path, held, manifest.Files), options, manifest);
        var segments = new List<SegmentFile>();
        try
        {
            segments.AddRange(manifest.Parts.Select(folder.OpenSegment));
            if (options.Verify)
            {
                Verify(segments, cancellationToken);
            }

            for (int i = 0; i < segments.Count; i++)
            {
                part(segments[i], manifest.Parts[i]);
            }

            folder.ReadLog(record);

            // The manifest may have come to its place right before the process died: what it replaced goes after that is sure.
            DurableFile.FlushNames(path);
            folder._files.Discard(folder._files.Own().Except(manifest.Files));
            DeleteMarkOfCopy(path);
            folder.BeginAfterCrash();
            return folder;
        }
        catch
        {
            segments.ForEach(segment => segment.Dispose());
            folder._log?.Dispose();
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

        if (options.EmbeddingSpace is not null && SpaceDifferences.Find(manifest.EmbeddingSpace, options.EmbeddingSpace) is { Count: > 0 } differences)
        {
            throw new SearchStorageException(
                $"The vectors of the folder cannot be compared with those that are to come: {string.Join("; ", differences)}. "
                + "Use the model and the policy that the folder was made with, or fill another folder.",
                path);
        }
    }

    private SegmentFile OpenSegment(ManifestPart part)
    {
        string path = _files.PathOf(part.File);
        SegmentFile segment = SegmentFile.Open(path);
        SegmentFileHeader found = segment.Header;
        if (found.Checksum == part.Checksum && found.Kind == _options.Kind && found.Keys == _options.Keys)
        {
            return segment;
        }

        segment.Dispose();
        throw new SearchStorageException(
            $"Found the segment {found.Checksum:x8} of kind '{found.Kind}' with keys of type {found.Keys}, expected {part.Checksum:x8} of '{_options.Kind}' with {_options.Keys}: "
            + "it is of another folder or of another time. Restore the folder from a backup.",
            path);
    }

    private void ReadLog(Action<ReadOnlySpan<byte>> record)
    {
        string path = _files.PathOf(_manifest.Log.File);
        LogContent content = LogContent.Read(path, _manifest.Log, _options);
        RequireSameTime(content);
        try
        {
            content.Replay(record);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException or InvalidDataException)
        {
            throw new SearchStorageException($"The log has a record that no index wrote: {e.Message} Restore the folder from a backup.", path, e);
        }

        _earlier = content.Whole;
    }

    // A process may die between the last record and the manifest that it speaks of; no other manifest belongs to such a log.
    private void RequireSameTime(LogContent content)
    {
        long expected = _manifest.Log.IsClosed ? _manifest.Commit : _manifest.Commit + 1;
        if (content.ClosedBy is long commit ? commit != expected : _manifest.Log.IsClosed)
        {
            throw new SearchStorageException(
                $"Found manifest {_manifest.Commit}, expected {content.ClosedBy}, by which the log was closed: it is of another time. Restore the folder from a backup.",
                _files.PathOf(ManifestFile.Name));
        }
    }

    // What was read may be in the system's memory only: it is written anew before anybody builds on it.
    private void BeginAfterCrash()
    {
        if (_manifest.Log.IsClosed)
        {
            return;
        }

        try
        {
            Commit(_manifest.Parts, startLog: false);
        }
        catch (SearchStorageException e) when (DurableFile.IsForFullDisk(e))
        {
            // It can be read all the same. The first write tries it again, and says so.
        }
    }

    private static void DeleteMarkOfCopy(string path)
    {
        string mark = System.IO.Path.Combine(path, FolderMarks.Copying);
        if (new FileInfo(mark) is { Exists: true, Length: 0 })
        {
            File.Delete(mark);
        }
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
