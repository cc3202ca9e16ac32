namespace Splade.AI.Search.Storage;

/// <summary>A folder that holds an index: segments, a log of what was written since, and a manifest that says which of them count.</summary>
/// <remarks>
/// <para>
/// A write is safe once its record is in the log and on the disk, or once a manifest names the segment that it is in. A manifest is replaced
/// as a whole, after everything that it names is on the disk; so a folder is always as some manifest says, however the process ends. Nothing
/// in it depends on a clock.
/// </para>
/// <para>
/// Each process that changes something begins a log of its own, with the records of the one before; a manifest says which log it is, and how much
/// of it there is at least, or exactly once it is closed.
/// </para>
/// <para><see cref="Append"/> and <see cref="Commit"/> are for one caller at a time, the others for any number.</para>
/// </remarks>
internal sealed partial class IndexFolder : IDisposable
{
    private readonly FolderLock _lock;
    private readonly FolderFiles _files;
    private readonly FolderOptions _options;
    private IndexManifest _manifest;

    /// <summary>What the log of an earlier process held when it was read.</summary>
    private NamedLog? _earlier;

    /// <summary>The log of this process; null until it has changed something.</summary>
    private WriteAheadLog? _log;
    private Failure? _failure;

    private IndexFolder(string path, FolderLock held, FolderFiles files, FolderOptions options, IndexManifest manifest)
    {
        Path = path;
        _lock = held;
        _files = files;
        _options = options;
        _manifest = manifest;
    }

    public string Path { get; }

    /// <summary>What the vectors depend on.</summary>
    public IReadOnlyDictionary<string, string> EmbeddingSpace => _manifest.EmbeddingSpace;

    /// <summary>How long the log has become.</summary>
    public long LogLength => _log?.Length ?? _earlier!.Length;

    /// <summary>Appends a record to the log.</summary>
    /// <returns>Waits until the record is on the disk.</returns>
    /// <exception cref="SearchStorageException">The record cannot be written; nothing was.</exception>
    public Action Append(ReadOnlySpan<byte> content)
    {
        WriteAheadLog log = OwnLog();
        long position = log.Append(content);
        return () =>
        {
            log.Flush(position);
            RequireInPlace();
        };
    }

    /// <summary>Writes a segment, which counts once it is committed.</summary>
    /// <returns>Its name, and the segment as it lies on the disk now.</returns>
    /// <exception cref="SearchStorageException">The disk is full, or the folder cannot be written to; nothing was.</exception>
    public (string Name, SegmentFile File) Save(int rows, IReadOnlyList<SegmentMemory> sections)
    {
        ThrowIfFailed();
        RequireInPlace();
        (string name, _) = Create("segment", _files.CreateSegment, (file, path) =>
        {
            using (file)
            {
                SegmentFile.Write(file, path, _options.Kind, _options.Keys, rows, sections);
                return true;
            }
        });
        return (name, SegmentFile.Open(_files.PathOf(name)));
    }

    /// <summary>Deletes a segment that was not committed. If it is not known whether it was, that is left to the next opening.</summary>
    public void Drop(string name)
    {
        if (Volatile.Read(ref _failure) is null)
        {
            _files.Discard([name]);
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        try
        {
            Close();
        }
        catch (SearchStorageException)
        {
            // Only the word that the log is whole is missing then; all writes are as safe as they were acknowledged to be.
        }
        finally
        {
            _log?.Dispose();
            _lock.Dispose();
        }
    }

    // Says how long the log is, so that the next process misses no record of it.
    private void Close()
    {
        if (_log is not null && Volatile.Read(ref _failure) is null)
        {
            RequireInPlace();
            long commit = _manifest.Commit + 1;
            _log.Flush(_log.Append(LogEnd.Write(commit)));
            IndexManifest manifest = _manifest with { Commit = commit, Log = _log.Named with { IsClosed = true } };
            Prepare(manifest);
            Replace(manifest, begun: null);
        }
    }

    private void RequireInPlace()
    {
        if (!_lock.IsInPlace)
        {
            Fail(new Failure(FolderLock.Moved, Cause: null));
        }
    }

    private void Fail(Failure failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        ThrowIfFailed();
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is Failure failure)
        {
            throw new SearchStorageException(failure.Message, Path, failure.Cause);
        }
    }

    /// <summary>Why nothing more is written.</summary>
    private sealed record Failure(string Message, Exception? Cause);
}
