namespace Splade.AI.Search.Storage;

/// <content>Copies and checks, while others write.</content>
internal sealed partial class IndexFolder
{
    /// <summary>Keeps what the index consists of now until it was copied. For the caller that may commit.</summary>
    /// <exception cref="SearchStorageException">The folder takes no more writes, or is not where it was.</exception>
    public FolderCopy BeginCopy()
    {
        ThrowIfFailed();
        RequireInPlace();
        if (_log is null && _manifest.Log.IsClosed)
        {
            return new FolderCopy(_files, _manifest, _manifest.Log, []);
        }

        // As if it were closed now.
        WriteAheadLog log = OwnLog();
        IndexManifest manifest = _manifest;
        (byte[] end, NamedLog closed) = log.With(LogEnd.Write(manifest.Commit + 1));
        return new FolderCopy(_files, manifest with { Commit = manifest.Commit + 1, Log = closed }, log.Named with { IsClosed = true }, end);
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<SearchStorageException> Verify(FolderCopy copy, CancellationToken cancellationToken)
    {
        var damage = new List<SearchStorageException>();
        foreach (ManifestPart part in copy.Manifest.Parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Find(part.File, () =>
            {
                using SegmentFile segment = OpenSegment(part);
                segment.Verify(cancellationToken);
            });
        }

        Find(copy.Log.File, () => LogContent.Read(_files.PathOf(copy.Log.File), copy.Log, _options, copy.Log.Length));
        Find(ManifestFile.Name, () => ManifestFile.Read(_files.PathOf(ManifestFile.Name)));
        return damage;

        void Find(string name, Action read)
        {
            try
            {
                read();
            }
            catch (SearchStorageException e)
            {
                damage.Add(e);
            }
        }
    }
}
