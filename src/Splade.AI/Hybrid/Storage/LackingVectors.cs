using Splade.AI.Search.Segments;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Where the metadata of a record names the vectors that it does not have.</summary>
internal static class LackingVectors
{
    private const string Field = "\0lacking";

    /// <summary>What records match that have a vector in a column.</summary>
    public static MetadataFilter Excluded(string column) => MetadataFilter.Not(MetadataFilter.Equal(Field, column));

    /// <summary>The names of the vectors that a record does not have; none for most.</summary>
    public static IReadOnlyCollection<string> Of(IReadOnlyDictionary<string, MetadataValue> metadata) =>
        metadata.TryGetValue(Field, out MetadataValue? names) ? [.. names.Items.Select(name => name.AsString())] : [];

    /// <summary>Whether a record does not have all vectors.</summary>
    public static bool AreIn(IReadOnlyDictionary<string, MetadataValue> metadata) => metadata.ContainsKey(Field);

    /// <summary>The metadata of a record as it was put in.</summary>
    public static IReadOnlyDictionary<string, MetadataValue> RemoveFrom(IReadOnlyDictionary<string, MetadataValue> metadata) => AreIn(metadata)
        ? metadata.Where(field => field.Key != Field).ToDictionary(StringComparer.Ordinal).AsReadOnly()
        : metadata;

    /// <summary>Whether any record of a state lacks a vector.</summary>
    public static bool AreIn(IndexState<string, StoredRecord> state) =>
        state.Parts.Any(part => ((RecordSegment)part.Segment).Contents.FieldOf(Field) >= 0) || state.Tail.Items.Any(item => AreIn(item.Value.Metadata));

    /// <exception cref="ArgumentException">The metadata has a field of this name.</exception>
    public static void RequireFree(IReadOnlyDictionary<string, MetadataValue> metadata, string parameter)
    {
        if (AreIn(metadata))
        {
            throw new ArgumentException("Found a field of metadata whose name begins with U+0000, expected another name: the store keeps its own under it.", parameter);
        }
    }

    /// <summary>The size of what stands in a column where there is no vector.</summary>
    /// <exception cref="ArgumentException">It is not known. The message begins in lower case.</exception>
    public static int RequireSize(string column, int? size) => size ?? throw new ArgumentException(
        $"it has no vector '{column}', whose size is not known yet. Open the store with a schema that says its dimensions, or begin with records that have it.");

    /// <summary>The metadata of a record that has no vectors in some columns.</summary>
    public static IReadOnlyDictionary<string, MetadataValue> AddTo(IReadOnlyDictionary<string, MetadataValue> metadata, string[] columns) =>
        columns.Length == 0
            ? metadata
            : new Dictionary<string, MetadataValue>(metadata, StringComparer.Ordinal) { [Field] = MetadataValue.FromStrings(columns) };
}
