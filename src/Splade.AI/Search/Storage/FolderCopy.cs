using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Search.Storage;

/// <summary>What an index consisted of at one moment. Its files stay until this is disposed.</summary>
internal sealed class FolderCopy : IDisposable
{
    private const int Buffer = 1 << 20;

    private readonly FolderFiles _files;
    private readonly string[] _pinned;
    private readonly byte[] _end;

    /// <param name="files">The files.</param>
    /// <param name="manifest">What a manifest says of the copy.</param>
    /// <param name="log">The log of that moment; what follows in its file came later.</param>
    /// <param name="end">What the copy has behind that, to be closed.</param>
    public FolderCopy(FolderFiles files, IndexManifest manifest, NamedLog log, byte[] end)
    {
        _files = files;
        Manifest = manifest;
        Log = log;
        _end = end;
        _pinned = [.. manifest.Files];
        _files.Pin(_pinned);
    }

    /// <summary>What a manifest says of the copy.</summary>
    public IndexManifest Manifest { get; }

    /// <summary>The log of that moment.</summary>
    public NamedLog Log { get; }

    /// <summary>Writes the index into an empty folder, which can be opened once this has returned.</summary>
    /// <param name="target">The folder; it is made if it is not there.</param>
    /// <param name="progress">Is told how many bytes have been copied; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early; what was copied stays, and cannot be opened.</param>
    /// <exception cref="SearchStorageException">The folder is not empty, or cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WriteTo(string target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        try
        {
            string mark = Begin(target);
            long copied = 0;
            foreach (string name in _pinned)
            {
                bool isLog = name == Log.File;
                Copy(
                    _files.PathOf(name), Path.Combine(target, name), isLog ? Log.Length : long.MaxValue, isLog ? _end : [],
                    n => progress?.Report(copied += n), cancellationToken);
            }

            // The manifest last: until then the folder says that it holds no whole.
            _files.RequireInPlace();
            string path = Path.Combine(target, ManifestFile.Name);
            DurableFile.FlushNames(target);
            DurableFile.Prepare(path, ManifestFile.Write(Manifest));
            DurableFile.Replace(path);
            File.Delete(mark);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SearchStorageException)
        {
            throw new SearchStorageException($"The copy cannot be written: {e.Message}", target, e);
        }
    }

    public void Dispose() => _files.Unpin(_pinned);

    /// <summary>Makes the folder with the mark in it that it holds no whole; it is never there without.</summary>
    private static string Begin(string target)
    {
        if (Directory.Exists(target))
        {
            if (FolderMarks.NamesIn(target).Any())
            {
                throw new SearchStorageException("The folder for the copy is not empty. Name an empty one, or one that is not there yet.", target);
            }

            return Mark(target);
        }

        string parent = Path.GetDirectoryName(target) ?? target;
        DurableFile.CreateFolder(parent);
        string begun = $"{target}.{FolderMarks.Copying}-{Guid.NewGuid():N}";
        Directory.CreateDirectory(begun);
        Mark(begun);
        try
        {
            Directory.Move(begun, target);
        }
        catch
        {
            Directory.Delete(begun, recursive: true);
            throw;
        }

        DurableFile.FlushNames(parent);
        return Path.Combine(target, FolderMarks.Copying);
    }

    private static string Mark(string folder)
    {
        string mark = Path.Combine(folder, FolderMarks.Copying);
        using (SafeFileHandle file = File.OpenHandle(mark, FileMode.CreateNew, FileAccess.Write))
        {
            DurableFile.Flush(file, mark);
        }

        DurableFile.FlushNames(folder);
        return mark;
    }

    private static void Copy(string from, string to, long most, byte[] end, Action<int> copied, CancellationToken cancellationToken)
    {
        using SafeFileHandle source = IndexFile.OpenRead(from);
        using SafeFileHandle target = File.OpenHandle(to, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        byte[] buffer = new byte[Buffer];
        long position = 0;
        while (position < most)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = RandomAccess.Read(source, buffer.AsSpan(0, (int)Math.Min(most - position, Buffer)), position);
            if (read == 0)
            {
                break;
            }

            RandomAccess.Write(target, buffer.AsSpan(0, read), position);
            position += read;
            copied(read);
        }

        RandomAccess.Write(target, end, position);
        DurableFile.Flush(target, to);
    }
}
