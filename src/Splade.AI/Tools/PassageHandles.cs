using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Splade.AI.Hybrid;

namespace Splade.AI.Tools;

/// <summary>Short names for the passages of a retriever whose ids are not fit to be shown, and the ids that they stand for. Thread-safe.</summary>
/// <remarks>
/// All services over a retriever share them, since a search and the reading of what it found may be calls of two. The handles of the last
/// thousands of passages are known: beyond that, the older half is forgotten, and a search gives the same handle again.
/// </remarks>
internal sealed class PassageHandles
{
    private const string Prefix = "passage-";

    /// <summary>Of the hash: enough that nobody finds two ids with one handle by chance.</summary>
    private const int HashBytes = 12;

    /// <summary>What is longer, or has other characters than a name needs, may be somebody's sentence.</summary>
    private const int MaxNameLength = 64;

    private const string NameMarks = "-_.:/#@+=~";

    private const int MaxHandles = 10_000;
    private const int MaxCharacters = 4 * 1024 * 1024;

    private static readonly ConditionalWeakTable<HybridRetriever, PassageHandles> Known = [];

    private readonly Lock _lock = new();
    private Dictionary<string, string> _recent = new(StringComparer.Ordinal);
    private Dictionary<string, string> _older = new(StringComparer.Ordinal);
    private int _characters;

    public static PassageHandles Of(HybridRetriever retriever) => Known.GetValue(retriever, _ => new PassageHandles());

    /// <summary>An id by which a model can ask for the passage: the id itself, if it is a short name, else a handle.</summary>
    public string Show(string id)
    {
        if (IsName(id))
        {
            return id;
        }

        string handle = Prefix + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan())).AsSpan(0, HashBytes));
        lock (_lock)
        {
            Remember(handle, id);
        }

        return handle;
    }

    /// <summary>The id that a handle stands for; null for one that is not known.</summary>
    public string? Find(string handle)
    {
        lock (_lock)
        {
            return _recent.GetValueOrDefault(handle) ?? _older.GetValueOrDefault(handle);
        }
    }

    private static bool IsName(string id) => id.Length <= MaxNameLength
        && !id.StartsWith(Prefix, StringComparison.Ordinal)
        && id.All(c => char.IsAsciiLetterOrDigit(c) || NameMarks.Contains(c, StringComparison.Ordinal));

    private void Remember(string handle, string id)
    {
        if (_recent.ContainsKey(handle))
        {
            return;
        }

        if (_recent.Count >= MaxHandles || _characters + id.Length > MaxCharacters)
        {
            (_older, _recent, _characters) = (_recent, new Dictionary<string, string>(StringComparer.Ordinal), 0);
        }

        _recent.Add(handle, id);
        _characters += id.Length;
    }
}
