using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Search.Storage;

/// <content>Committing: a manifest takes the place of the one before, once all that it names is on the disk.</content>
internal sealed partial class IndexFolder
{
    /// <summary>Makes the index consist of some segments, and of the records of the log: of those until now, or of later ones only.</summary>
    /// <param name="parts">The segments.</param>
    /// <param name="startLog">Whether the records until now are in the segments.</param>
    /// <param name="space">What the vectors depend on from now on; null for what they did.</param>
    /// <exception cref="SearchStorageException">It could not be done; the folder is as it was, or takes no more writes until it is opened again.</exception>
    public void Commit(IReadOnlyList<ManifestPart> parts, bool startLog, IReadOnlyDictionary<string, string>? space = null)
    {
        ThrowIfFailed();
        RequireInPlace();
        WriteAheadLog? begun = startLog ? NewLog(from: null) : _log is null ? NewLog(Earlier()) : null;
        if (begun is null)
        {
            // The segments may lack rows that a record of the log puts in anew: it must not come to the disk after them.
            _log!.Flush(_log.Length);
        }

        NamedLog log = (begun ?? _log)!.Named;
        IndexManifest manifest = _manifest with { Commit = _manifest.Commit + 1, Parts = parts, Log = log, EmbeddingSpace = space ?? _manifest.EmbeddingSpace };
        try
        {
            DurableFile.FlushNames(Path);
            Prepare(manifest);
        }
        catch when (begun is not null)
        {
            begun.Dispose();
            _files.Discard([log.File]);
            throw;
        }

        string[] unwanted = [.. _manifest.Files.Except(manifest.Files)];
        Replace(manifest, begun);
        if (begun is not null)
        {
            _log?.Retire();
            _log = begun;
            _earlier = null;
        }

        _files.Discard(unwanted);
    }

    /// <summary>Memory that is a file, all zero: the system may write it to the disk where memory is short. The file has no place in the index, and goes with it.</summary>
    /// <exception cref="SearchStorageException">The disk has no room for it.</exception>
    public SegmentMemory TakeRoom(long length)
    {
        ThrowIfFailed();
        RequireInPlace();
        (string name, SegmentMemory memory) = Create(
            "room for a merge",
            _files.CreateSegment,
            (file, path) =>
            {
                // Begun as a segment is: if the process dies here, the next one knows that it may go.
                RandomAccess.Write(file, SegmentFileHeader.MagicOfAll, 0);
                DurableFile.Reserve(file, SegmentFileHeader.Size, length, path);
                return new SegmentMemory(new MappedFile(file), SegmentFileHeader.Size, length);
            });
        _files.Discard([name]);
        return memory;
    }

    // Another folder may be at the path by now: what is prepared there would be taken for its own.
    private void Prepare(IndexManifest manifest)
    {
        RequireInPlace();
        DurableFile.Prepare(_files.PathOf(ManifestFile.Name), ManifestFile.Write(manifest));
    }

    private void Replace(IndexManifest manifest, WriteAheadLog? begun)
    {
        try
        {
            RequireInPlace();
            DurableFile.Replace(_files.PathOf(ManifestFile.Name));
        }
        catch (Exception e)
        {
            // Which of the two manifests will be found is not known: nothing that either of them names may go.
            begun?.Dispose();
            Fail(new Failure($"A write could not be finished: {e.Message} Close the index and open it again: what it has then is safe.", e));
        }

        _manifest = manifest;
    }

    private WriteAheadLog OwnLog()
    {
        ThrowIfFailed();
        if (_log is null)
        {
            Commit(_manifest.Parts, startLog: false);
        }

        return _log!;
    }

    private LogContent Earlier() => LogContent.Read(_files.PathOf(_earlier!.File), _earlier, _options, _earlier.Length);

    private WriteAheadLog NewLog(LogContent? from) => NewLog(new LogHeader(Guid.NewGuid(), _options.Kind, _options.Keys), from);

    private WriteAheadLog NewLog(LogHeader header, LogContent? from) =>
        Create("log", _files.CreateLog, (file, path) => WriteAheadLog.Create(file, path, header, from)).Made;

    private (string Name, T Made) Create<T>(string what, Func<(string Name, SafeFileHandle File)> create, Func<SafeFileHandle, string, T> write)
    {
        string path = Path;
        try
        {
            (string name, SafeFileHandle file) = create();
            path = _files.PathOf(name);
            try
            {
                return (name, write(file, path));
            }
            catch
            {
                file.Dispose();
                _files.Discard([name]);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException(
                $"The {what} cannot be written: {e.Message} Nothing of the write was kept. Make room on the disk, or give this user the right to write there.", path, e);
        }
    }
}
