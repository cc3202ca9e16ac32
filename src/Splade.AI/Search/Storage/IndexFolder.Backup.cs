namespace Splade.AI.Search.Storage;

/// <content>Copies and checks, while others write.</content>
internal sealed partial class IndexFolder
{
    /// <summary>Keeps what the index consists of now until it was copied. For the caller that may commit.</summary>
    public FolderCopy BeginCopy()
    {
        ThrowIfFailed();
        IndexManifest manifest = _manifest;
        _files.Pin(manifest.Files);
        return new FolderCopy(_files, manifest, _log.Length);
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IndexVerification Verify(FolderCopy copy, CancellationToken cancellationToken)
    {
        long bytes = 0;
        var damage = new List<SearchStorageException>();
        foreach (string name in copy.Files)
        {
            string path = _files.PathOf(name);
            cancellationToken.ThrowIfCancellationRequested();
            bytes += Find(() => new FileInfo(path).Length);
            if (name == copy.Log)
            {
                Find(() => WriteAheadLog.Check(path, copy.LogLength));
            }
            else
            {
                Find(() =>
                {
                    using SegmentFile segment = OpenSegment(path, _options);
                    segment.Verify(cancellationToken);
                    return segment.Sections.Count;
                });
            }
        }

        Find(() => ManifestFile.Read(_files.PathOf(ManifestFile.Name)).Parts.Count);
        return new IndexVerification(copy.Files.Count + 1, bytes, damage);

        T? Find<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (SearchStorageException e)
            {
                damage.Add(e);
            }
            catch (FileNotFoundException)
            {
                // Whoever opens the file says so too.
            }

            return default;
        }
    }
}
