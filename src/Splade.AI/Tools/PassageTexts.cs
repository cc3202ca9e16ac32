using Splade.AI.Hybrid;

namespace Splade.AI.Tools;

/// <summary>What a model is told of a passage beside its text.</summary>
internal static class PassageTexts
{
    /// <summary>What is shown of an id that has a handle, and of each value of the metadata.</summary>
    private const int MaxLength = 200;

    /// <summary>What a model is to call the passage, and what its own id says, where that is something else.</summary>
    public static (string Shown, string? Untrusted) TellId(HybridRetriever retriever, string id)
    {
        string shown = PassageHandles.Of(retriever).Show(id);
        return (shown, shown == id ? null : Excerpt.Around(id, 0, MaxLength));
    }

    /// <summary>The metadata of some keys; null if it has none of them.</summary>
    public static Dictionary<string, string>? TellMetadata(HybridRecord record, IReadOnlyList<string> keys)
    {
        Dictionary<string, string> known = keys
            .Where(record.Metadata.ContainsKey)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(key => key, key => Excerpt.Around(record.Metadata[key].ToString(), 0, MaxLength), StringComparer.Ordinal);
        return known.Count > 0 ? known : null;
    }
}
