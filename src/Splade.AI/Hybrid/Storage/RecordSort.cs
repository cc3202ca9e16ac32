using Splade.AI.Hybrid.Filtering;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Sorts records by fields of their metadata.</summary>
internal static class RecordSort
{
    /// <summary>The records in order; equal ones stay as they were.</summary>
    public static IEnumerable<KeyValuePair<string, StoredRecord>> Apply(
        IReadOnlyList<MetadataSort> sort, IEnumerable<KeyValuePair<string, StoredRecord>> items, CancellationToken cancellationToken)
    {
        if (sort.Count == 0)
        {
            return items;
        }

        return items
            .Select(item => (Item: item, Keys: KeysOf(item.Value, sort, cancellationToken)))
            .Order(Comparer<(KeyValuePair<string, StoredRecord> Item, MetadataValue?[] Keys)>.Create((left, right) => Compare(left.Keys, right.Keys, sort)))
            .Select(sorted => sorted.Item);
    }

    private static MetadataValue?[] KeysOf(StoredRecord record, IReadOnlyList<MetadataSort> sort, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyDictionary<string, MetadataValue> metadata = record.Metadata;
        return [.. sort.Select(by => metadata.GetValueOrDefault(by.Field) is { Kind: not MetadataKind.List } value ? value : null)];
    }

    private static int Compare(MetadataValue?[] left, MetadataValue?[] right, IReadOnlyList<MetadataSort> sort)
    {
        for (int i = 0; i < sort.Count; i++)
        {
            int order = (left[i], right[i]) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                (MetadataValue a, MetadataValue b) => MetadataOrder.Compare(a, b) * (sort[i].Descending ? -1 : 1),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
