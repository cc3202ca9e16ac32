namespace Splade.AI.Hybrid.Storage;

/// <summary>Where the metadata of a record names the dense vectors that it does not have.</summary>
internal static class LackingVectors
{
    private const string Field = "\0lacking";

    /// <summary>What records match that have a vector in a column.</summary>
    public static MetadataFilter Excluded(string column) => MetadataFilter.Not(MetadataFilter.Equal(Field, column));

    /// <summary>The metadata of a record that has no vectors in some columns.</summary>
    public static IReadOnlyDictionary<string, MetadataValue> AddTo(IReadOnlyDictionary<string, MetadataValue> metadata, string[] columns) =>
        columns.Length == 0
            ? metadata
            : new Dictionary<string, MetadataValue>(metadata, StringComparer.Ordinal) { [Field] = MetadataValue.FromStrings(columns) };
}
