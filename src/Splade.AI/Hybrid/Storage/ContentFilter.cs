using Splade.AI.Hybrid.Filtering;
using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Finds the rows of a segment that a filter matches, by the sorted values of its fields and the rows that each of them has.</summary>
internal static class ContentFilter
{
    public static RowMask Find(MetadataFilter filter, ContentSegment contents)
    {
        var rows = new RowMask(contents.Rows);
        switch (filter.Kind)
        {
            case MetadataFilterKind.All:
                rows.Invert();
                foreach (MetadataFilter part in filter.Parts)
                {
                    rows.And(Find(part, contents));
                }

                break;
            case MetadataFilterKind.Any:
                foreach (MetadataFilter part in filter.Parts)
                {
                    rows.Or(Find(part, contents));
                }

                break;
            case MetadataFilterKind.Not:
                rows.Or(Find(filter.Parts[0], contents));
                rows.Invert();
                break;
            default:
                AddByField(filter, contents, rows);
                break;
        }

        return rows;
    }

    private static void AddByField(MetadataFilter filter, ContentSegment contents, RowMask rows)
    {
        int field = contents.FieldOf(filter.Field!);
        if (field < 0)
        {
            return;
        }

        (int from, int to) = contents.ValuesOf(field);
        if (filter.Kind == MetadataFilterKind.Exists)
        {
            contents.AddRows(from, to, rows);
        }
        else if (filter.Range is MetadataRange range)
        {
            int first = FirstValue(contents, from, to, value => value.Kind > range.Kind || (value.Kind == range.Kind && !IsBelow(value, range)));
            int end = FirstValue(contents, first, to, value => value.Kind > range.Kind || (value.Kind == range.Kind && IsAbove(value, range)));
            contents.AddRows(first, end, rows);
        }
        else
        {
            foreach (MetadataValue wanted in filter.Values)
            {
                int first = FirstValue(contents, from, to, value => MetadataOrder.Compare(value, wanted) >= 0);
                contents.AddRows(first, FirstValue(contents, first, to, value => MetadataOrder.Compare(value, wanted) > 0), rows);
            }
        }
    }

    private static bool IsBelow(MetadataValue value, MetadataRange range) =>
        range.Low is not null && MetadataOrder.Compare(value, range.Low) < (range.LowIncluded ? 0 : 1);

    private static bool IsAbove(MetadataValue value, MetadataRange range) =>
        range.High is not null && MetadataOrder.Compare(value, range.High) > (range.HighIncluded ? 0 : -1);

    /// <summary>The first of some sorted values from which on a condition holds; the end if it never does.</summary>
    private static int FirstValue(ContentSegment contents, int from, int to, Func<MetadataValue, bool> condition)
    {
        while (from < to)
        {
            int middle = from + ((to - from) / 2);
            (from, to) = condition(contents.Value(middle)) ? (from, middle) : (middle + 1, to);
        }

        return from;
    }
}
