using Splade.AI.Search;
using Splade.AI.Search.Segments;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Which rows of a store's state a filter matches.</summary>
internal static class RecordRows
{
    public static RowFilter<StoredRecord> Find(MetadataFilter filter, IndexState<string, StoredRecord> state) =>
        new([.. state.Parts.Select(part => Find(filter, part))], record => filter.Matches(record.Metadata));

    /// <summary>The rows that a filter matches and of which a condition holds. Each matched record is looked at, before anything is scored.</summary>
    public static RowFilter<StoredRecord> Find(MetadataFilter filter, IndexState<string, StoredRecord> state, Func<StoredRecord, bool>? condition)
    {
        if (condition is null)
        {
            return Find(filter, state);
        }

        RowMask[] parts = [.. state.Parts.Select(part => Find(filter, part))];
        for (int i = 0; i < parts.Length; i++)
        {
            foreach (int row in parts[i].Rows.Where(row => !condition(state.Parts[i].Segment.Vector(row))).ToArray())
            {
                parts[i].Remove(row);
            }
        }

        return new RowFilter<StoredRecord>(parts, record => filter.Matches(record.Metadata) && condition(record));
    }

    /// <summary>The records that a filter matches, by insertion; without a filter all.</summary>
    public static IEnumerable<KeyValuePair<string, StoredRecord>> List(MetadataFilter? filter, IndexState<string, StoredRecord> state)
    {
        foreach (SegmentPart<string, StoredRecord> part in state.Parts)
        {
            foreach (int row in filter is null ? part.LiveRows : Find(filter, part).Rows)
            {
                yield return KeyValuePair.Create(part.Keys[row], part.Segment.Vector(row));
            }
        }

        foreach (KeyValuePair<string, StoredRecord> item in state.Tail.Items)
        {
            if (filter is null || filter.Matches(item.Value.Metadata))
            {
                yield return item;
            }
        }
    }

    public static long Count(MetadataFilter filter, IndexState<string, StoredRecord> state) =>
        state.Parts.Sum(part => (long)Find(filter, part).Count) + state.Tail.Items.LongCount(item => filter.Matches(item.Value.Metadata));

    private static RowMask Find(MetadataFilter filter, SegmentPart<string, StoredRecord> part)
    {
        RowMask rows = ContentFilter.Find(filter, ((RecordSegment)part.Segment).Contents);
        if (part.Removed.Count > 0)
        {
            foreach (int row in rows.Rows)
            {
                if (part.Removed.Contains(row))
                {
                    rows.Remove(row);
                }
            }
        }

        return rows;
    }
}
