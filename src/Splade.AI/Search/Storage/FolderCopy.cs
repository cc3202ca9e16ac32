namespace Splade.AI.Search.Storage;

/// <summary>What an index consisted of at one moment. Its files stay until this is disposed.</summary>
/// <param name="files">The files.</param>
/// <param name="manifest">What the manifest said.</param>
/// <param name="logLength">How long the log was.</param>
internal sealed class FolderCopy(FolderFiles files, IndexManifest manifest, long logLength) : IDisposable
{
    private const int Buffer = 1 << 20;

    /// <summary>The names of the files, but for the manifest.</summary>
    public IReadOnlyList<string> Files { get; } = [.. manifest.Files];

    /// <summary>The name of the log.</summary>
    public string Log => manifest.Log;

    /// <summary>How long the log was; what follows came later.</summary>
    public long LogLength => logLength;

    /// <summary>Writes the index into an empty folder, which can be opened once this has returned.</summary>
    /// <param name="target">The folder; it is made if it is not there.</param>
    /// <param name="progress">Is told how many bytes have been copied; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early; what was copied stays, and cannot be opened.</param>
    /// <exception cref="SearchStorageException">The folder is not empty, or cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WriteTo(string target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        target = Path.GetFullPath(target);
        try
        {
            DurableFile.CreateFolder(target);
            if (Directory.EnumerateFileSystemEntries(target).Any())
            {
                throw new SearchStorageException("The folder for the copy is not empty. Name an empty one, or one that is not there yet.", target);
            }

            string unfinished = Path.Combine(target, FolderFiles.Unfinished);
            DurableFile.Prepare(unfinished, []);
            DurableFile.Replace(unfinished);
            long copied = 0;
            foreach (string name in Files)
            {
                Copy(files.PathOf(name), Path.Combine(target, name), name == Log ? logLength : long.MaxValue, n => progress?.Report(copied += n), cancellationToken);
            }

            // The manifest last: until then the folder says that it holds no whole.
            string path = Path.Combine(target, ManifestFile.Name);
            DurableFile.FlushNames(target);
            DurableFile.Prepare(path, ManifestFile.Write(manifest));
            DurableFile.Replace(path);
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SearchStorageException)
        {
            throw new SearchStorageException($"The copy cannot be written: {e.Message}", target, e);
        }
    }

    public void Dispose() => files.Unpin(Files);

    private static void Copy(string from, string to, long most, Action<int> copied, CancellationToken cancellationToken)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] buffer = new byte[Buffer];
        for (long left = most; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = source.Read(buffer, 0, (int)Math.Min(left, Buffer));
            if (read == 0)
            {
                break;
            }

            target.Write(buffer, 0, read);
            copied(read);
            left -= read;
        }

        DurableFile.Flush(target.SafeFileHandle, to);
    }
}
