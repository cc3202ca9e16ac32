using System.Globalization;

namespace Splade.AI.Search.Storage;

/// <summary>The files of a folder: their names, and when they go.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class FolderFiles
{
    private const string SegmentPrefix = "segment-";
    private const string LogPrefix = "log-";
    private const int Digits = 8;

    /// <summary>The name of a file that says that the folder is a copy whose end is missing, unless there is a manifest.</summary>
    public const string Unfinished = "unfinished-copy";

    private readonly Lock _changing = new();
    private readonly string _folder;
    private readonly Dictionary<string, int> _pinned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unwanted = new(StringComparer.Ordinal);
    private int _last;

    /// <param name="folder">The folder.</param>
    public FolderFiles(string folder)
    {
        _folder = folder;
        _last = Existing().Select(NumberOf).DefaultIfEmpty().Max();
    }

    public static bool IsSegment(string name) => name.StartsWith(SegmentPrefix, StringComparison.Ordinal);

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string NewSegment() => New(SegmentPrefix);

    public string NewLog() => New(LogPrefix);

    /// <summary>The segments and logs that lie there.</summary>
    public IEnumerable<string> Existing() => Directory
        .EnumerateFiles(_folder)
        .Select(file => Path.GetFileName(file))
        .Where(name => NumberOf(name) > 0);

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

    private static int NumberOf(string name)
    {
        int prefix = IsSegment(name) ? SegmentPrefix.Length
            : name.StartsWith(LogPrefix, StringComparison.Ordinal) ? LogPrefix.Length : -1;
        return prefix > 0 && name.Length - prefix >= Digits
            && int.TryParse(name.AsSpan(prefix), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    private string New(string prefix) => $"{prefix}{Interlocked.Increment(ref _last):D8}";

    // Some systems keep files that are mapped: these go the next time, or when the folder is opened again.
    private void DeleteUnwanted() => _unwanted.RemoveWhere(name =>
    {
        if (_pinned.ContainsKey(name))
        {
            return false;
        }

        try
        {
            File.Delete(PathOf(name));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
