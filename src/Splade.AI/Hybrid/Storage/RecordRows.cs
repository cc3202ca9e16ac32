using Splade.AI.Search;
using Splade.AI.Search.Segments;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Which rows of a store's state a filter matches.</summary>
internal static class RecordRows
{
    public static RowFilter<StoredRecord> Find(MetadataFilter filter, IndexState<string, StoredRecord> state) =>
        new([.. state.Parts.Select(part => Find(filter, part))], record => filter.Matches(record.Metadata));

    /// <summary>The rows that a filter matches and of which a condition holds. Each matched record is asked once, before anything is scored.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="state">The state.</param>
    /// <param name="condition">The condition; null for none.</param>
    /// <param name="ids">The ids that come into question; null for all.</param>
    public static RowFilter<StoredRecord> Find(
        MetadataFilter filter, IndexState<string, StoredRecord> state, Func<StoredRecord, bool>? condition, IReadOnlySet<string>? ids)
    {
        if (condition is null && ids is null)
        {
            return Find(filter, state);
        }

        condition ??= static _ => true;
        RowMask[] parts = [.. state.Parts.Select(part => Find(filter, ids, part))];
        for (int i = 0; i < parts.Length; i++)
        {
            foreach (int row in parts[i].Rows.Where(row => !condition(state.Parts[i].Segment.Vector(row))).ToArray())
            {
                parts[i].Remove(row);
            }
        }

        HashSet<StoredRecord> tail = new(
            state.Tail.Items.Where(item => IsMatch(filter, ids, item) && condition(item.Value)).Select(item => item.Value), ReferenceEqualityComparer.Instance);
        return new RowFilter<StoredRecord>(parts, tail.Contains);
    }

    /// <summary>The records that a filter matches, by insertion; without a filter all.</summary>
    /// <param name="filter">The filter; null for all.</param>
    /// <param name="state">The state.</param>
    /// <param name="ids">The ids that come into question; null for all.</param>
    /// <param name="after">The id of the record after which it begins; null for the beginning.</param>
    /// <exception cref="ArgumentException">There is no record of that id.</exception>
    public static IEnumerable<KeyValuePair<string, StoredRecord>> List(
        MetadataFilter? filter, IndexState<string, StoredRecord> state, IReadOnlySet<string>? ids = null, string? after = null)
    {
        (int firstPart, int firstRow) = after is null ? (0, 0) : PlaceAfter(state, after);
        foreach (SegmentPart<string, StoredRecord> part in state.Parts.Skip(firstPart))
        {
            int from = ReferenceEquals(part, state.Parts[firstPart]) ? firstRow : 0;
            foreach (int row in filter is null && ids is null ? part.LiveRows : Find(filter ?? MetadataFilter.All(), ids, part).Rows)
            {
                if (row < from)
                {
                    continue;
                }

                yield return KeyValuePair.Create(part.Keys[row], part.Segment.Vector(row));
            }
        }

        foreach (KeyValuePair<string, StoredRecord> item in state.Tail.Items.Skip(firstPart == state.Parts.Count ? firstRow : 0))
        {
            if (IsMatch(filter, ids, item))
            {
                yield return item;
            }
        }
    }

    public static long Count(MetadataFilter filter, IndexState<string, StoredRecord> state) =>
        state.Parts.Sum(part => (long)Find(filter, part).Count) + state.Tail.Items.LongCount(item => filter.Matches(item.Value.Metadata));

    /// <summary>The part and the row after a record; of the tail, which follows the parts, the item.</summary>
    private static (int Part, int Row) PlaceAfter(IndexState<string, StoredRecord> state, string id)
    {
        int row = state.Tail.Items.TakeWhile(item => item.Key != id).Count();
        if (row < state.Tail.Items.Count())
        {
            return (state.Parts.Count, row + 1);
        }

        for (int part = 0; part < state.Parts.Count; part++)
        {
            row = state.Parts[part].Find(id);
            if (row >= 0)
            {
                return (part, row + 1);
            }
        }

        throw new ArgumentException($"Found no record '{id}' to begin after, expected one that is there. It was taken out: begin anew.", nameof(id));
    }

    private static bool IsMatch(MetadataFilter? filter, IReadOnlySet<string>? ids, KeyValuePair<string, StoredRecord> item) =>
        ids?.Contains(item.Key) is not false && filter?.Matches(item.Value.Metadata) is not false;

    // A few ids are looked up rather than what all rows match.
    private static RowMask Find(MetadataFilter filter, IReadOnlySet<string>? ids, SegmentPart<string, StoredRecord> part)
    {
        if (ids is null)
        {
            return Find(filter, part);
        }

        var rows = new RowMask(part.Segment.Rows);
        foreach (int row in ids.Select(part.Find).Where(row => row >= 0 && filter.Matches(part.Segment.Vector(row).Metadata)))
        {
            rows.Add(row);
        }

        return rows;
    }

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
