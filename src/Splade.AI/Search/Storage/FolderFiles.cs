using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Search.Storage;

/// <summary>The segments and logs of a folder: their names, and when they go.</summary>
/// <remarks>
/// Safe for concurrent use. A name alone makes no file the index's: it is one that the manifest names, or that begins as such files do. Files that
/// are there are never written over.
/// </remarks>
internal sealed class FolderFiles
{
    /// <summary>The name of the log of a new index.</summary>
    public const string FirstLog = LogPrefix + "00000001";

    private const string SegmentPrefix = "segment-";
    private const string LogPrefix = "log-";
    private const string Digits = "D8";

    private readonly Lock _changing = new();
    private readonly string _folder;
    private readonly FolderLock _lock;
    private readonly Dictionary<string, int> _pinned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unwanted = new(StringComparer.Ordinal);
    private long _last;

    /// <param name="folder">The folder.</param>
    /// <param name="held">Its lock.</param>
    /// <param name="named">The files that the manifest names; later ones get higher numbers.</param>
    public FolderFiles(string folder, FolderLock held, IEnumerable<string> named)
    {
        _folder = folder;
        _lock = held;
        _last = named.Select(name => NumberOf(name) ?? 0).DefaultIfEmpty().Max();
    }

    /// <summary>Whether a file could have been named by <see cref="CreateSegment"/> or <see cref="CreateLog"/>.</summary>
    public static bool IsName(string name) => NumberOf(name) is not null;

    public static bool IsLog(string name) => name.StartsWith(LogPrefix, StringComparison.Ordinal);

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Makes sure that the files are where they were.</summary>
    /// <exception cref="SearchStorageException">They are not.</exception>
    public void RequireInPlace() => _lock.RequireInPlace();

    /// <summary>Makes an empty file for a segment.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public (string Name, SafeFileHandle File) CreateSegment() => Create(SegmentPrefix);

    /// <summary>Makes an empty file for a log.</summary>
    /// <inheritdoc cref="CreateSegment"/>
    public (string Name, SafeFileHandle File) CreateLog() => Create(LogPrefix);

    /// <summary>The index's own files that lie there, of whatever manifest.</summary>
    public IEnumerable<string> Own() => Directory
        .EnumerateFiles(_folder)
        .Select(path => Path.GetFileName(path))
        .Where(name => IsName(name) && BeginsAsOwn(name))
        .ToArray();

    /// <summary>Deletes files that belong to the index no longer, at once or as soon as nobody needs them.</summary>
    public void Discard(IEnumerable<string> names)
    {
        lock (_changing)
        {
            _unwanted.UnionWith(names);
            DeleteUnwanted();
        }
    }

    /// <summary>Keeps files, also if they are discarded, until they are unpinned.</summary>
    public void Pin(IEnumerable<string> names)
    {
        lock (_changing)
        {
            foreach (string name in names)
            {
                _pinned[name] = _pinned.GetValueOrDefault(name) + 1;
            }
        }
    }

    public void Unpin(IEnumerable<string> names)
    {
        lock (_changing)
        {
            foreach (string name in names)
            {
                if (--_pinned[name] == 0)
                {
                    _pinned.Remove(name);
                }
            }

            DeleteUnwanted();
        }
    }

    private static long? NumberOf(string name)
    {
        string prefix = IsLog(name) ? LogPrefix : SegmentPrefix;
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number is > 0 and < long.MaxValue && name == NameOf(prefix, number) ? number : null;
    }

    private static string NameOf(string prefix, long number) => prefix + number.ToString(Digits, CultureInfo.InvariantCulture);

    private (string Name, SafeFileHandle File) Create(string prefix)
    {
        while (true)
        {
            string name = NameOf(prefix, Interlocked.Increment(ref _last));
            try
            {
                return (name, File.OpenHandle(PathOf(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));
            }
            catch (IOException) when (Path.Exists(PathOf(name)))
            {
                // Somebody else's file has this name.
            }
        }
    }

    private bool BeginsAsOwn(string name)
    {
        ReadOnlySpan<byte> magic = IsLog(name) ? LogHeader.MagicOfAll : SegmentFileHeader.MagicOfAll;
        try
        {
            return IndexFile.Read(PathOf(name), magic.Length).AsSpan().SequenceEqual(magic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What this process cannot read, it did not write.
            return false;
        }
    }

    // Some systems keep files that are mapped: these go the next time, or when the folder is opened again.
    private void DeleteUnwanted()
    {
        // In another folder of this name they would be another index's.
        if (_unwanted.Count > 0 && _lock.IsInPlace)
        {
            _unwanted.RemoveWhere(name => !_pinned.ContainsKey(name) && TryDelete(name));
        }
    }

    private bool TryDelete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
