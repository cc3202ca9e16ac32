namespace Splade.AI.Search.Storage;

/// <summary>A folder that holds an index: segments, a log of what was written since, and a manifest that says which of them count.</summary>
/// <remarks>
/// <para>
/// A write is safe once its record is in the log and on the disk, or once a manifest names the segment that it is in. A manifest is replaced
/// as a whole, after everything that it names is on the disk; so a folder is always as some manifest says, however the process ends. Nothing
/// in it depends on a clock.
/// </para>
/// <para><see cref="Append"/> and <see cref="Commit"/> are for one caller at a time, the others for any number.</para>
/// </remarks>
internal sealed partial class IndexFolder : IDisposable
{
    /// <summary>A record that says nothing: behind the last one it shows that none was lost.</summary>
    private static readonly byte[] Nothing = [0];

    private readonly FolderLock _lock;
    private readonly FolderFiles _files;
    private readonly FolderOptions _options;
    private IndexManifest _manifest;
    private WriteAheadLog _log;
    private Exception? _failure;

    private IndexFolder(string path, FolderLock held, FolderFiles files, FolderOptions options, IndexManifest manifest, WriteAheadLog log)
    {
        Path = path;
        _lock = held;
        _files = files;
        _options = options;
        _manifest = manifest;
        _log = log;
    }

    public string Path { get; }

    /// <summary>What the vectors depend on.</summary>
    public IReadOnlyDictionary<string, string> Space => _manifest.Space;

    /// <summary>How long the log has become.</summary>
    public long LogLength => _log.Length;

    /// <summary>Appends a record to the log.</summary>
    /// <returns>Waits until the record is on the disk.</returns>
    /// <exception cref="SearchStorageException">The record cannot be written; nothing was.</exception>
    public Action Append(ReadOnlySpan<byte> content)
    {
        ThrowIfFailed();
        WriteAheadLog log = _log;
        long position = log.Append(content);
        return () => log.Flush(position);
    }

    /// <summary>Writes a segment, which counts once it is committed.</summary>
    /// <returns>Its name, and the segment as it lies on the disk now.</returns>
    /// <exception cref="SearchStorageException">The disk is full, or the folder cannot be written to; nothing was.</exception>
    public (string Name, SegmentFile File) Save(int rows, IReadOnlyList<SegmentMemory> sections)
    {
        string name = _files.NewSegment();
        SegmentFile.Write(_files.PathOf(name), _options.Kind, _options.Keys, rows, sections);
        return (name, SegmentFile.Open(_files.PathOf(name)));
    }

    /// <summary>Deletes a segment that was not committed. If it is not known whether it was, that is left to the next opening.</summary>
    public void Drop(string name)
    {
        if (_failure is null)
        {
            _files.Discard([name]);
        }
    }

    /// <summary>Makes the index consist of some segments, and of the records of the log: of those until now, or of later ones only.</summary>
    /// <param name="parts">The segments.</param>
    /// <param name="startLog">Whether the records until now are in the segments.</param>
    /// <param name="space">What the vectors depend on from now on; null for what they did.</param>
    /// <exception cref="SearchStorageException">It could not be done; the folder is as it was, or takes no more writes until it is opened again.</exception>
    public void Commit(IReadOnlyList<ManifestPart> parts, bool startLog, IReadOnlyDictionary<string, string>? space = null)
    {
        ThrowIfFailed();
        if (!startLog)
        {
            // The segments may lack rows that a record of the log puts in anew: it must not come to the disk after them.
            _log.Flush(_log.Length);
        }

        WriteAheadLog log = startLog ? NewLog(_files) : _log;
        IndexManifest manifest = _manifest with { Parts = parts, Log = System.IO.Path.GetFileName(log.Path), Space = space ?? _manifest.Space };
        string path = _files.PathOf(ManifestFile.Name);
        try
        {
            DurableFile.FlushNames(Path);
            DurableFile.Prepare(path, ManifestFile.Write(manifest));
        }
        catch when (startLog)
        {
            log.Dispose();
            _files.Discard([manifest.Log]);
            throw;
        }

        try
        {
            DurableFile.Replace(path);
        }
        catch (Exception e)
        {
            // Which of the two manifests will be found is not known: nothing that either of them names may go.
            _failure = e;
            if (startLog)
            {
                log.Dispose();
            }

            ThrowIfFailed();
        }

        string[] unwanted = [.. _manifest.Files.Except(manifest.Files)];
        _manifest = manifest;
        if (startLog)
        {
            _log.Retire();
            _log = log;
        }

        _files.Discard(unwanted);
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        try
        {
            _log.Flush(_log.Append(Nothing));
        }
        catch (SearchStorageException)
        {
            // Only the sign at the end is missing then; all writes are as safe as they were acknowledged to be.
        }

        _log.Dispose();
        _lock.Dispose();
    }

    private static WriteAheadLog NewLog(FolderFiles files)
    {
        string path = files.PathOf(files.NewLog());
        try
        {
            return WriteAheadLog.Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The log cannot be written: {e.Message} Make room on the disk, or give this user the right to write there.", path, e);
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is Exception failure)
        {
            throw new SearchStorageException(
                $"A write could not be finished: {failure.Message} Close the index and open it again: what it has then is safe.", Path, failure);
        }
    }
}
