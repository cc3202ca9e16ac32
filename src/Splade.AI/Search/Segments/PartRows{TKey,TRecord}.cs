using System.Collections;

namespace Splade.AI.Search.Segments;

/// <summary>The rows of several parts that are still there, one after the other: what a merged segment is made of.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
internal sealed class PartRows<TKey, TRecord>(IReadOnlyList<SegmentPart<TKey, TRecord>> parts) : IReadOnlyList<TRecord>
    where TKey : notnull
{
    private readonly (int Part, int Row)[] _rows = [.. parts.SelectMany((part, i) => part.LiveRows.Select(row => (i, row)))];

    public int Count => _rows.Length;

    public TRecord this[int index] => parts[_rows[index].Part].Segment.Vector(_rows[index].Row);

    /// <summary>The key of each row.</summary>
    public TKey[] Keys() => Array.ConvertAll(_rows, place => parts[place.Part].Keys[place.Row]);

    /// <summary>The rows that some parts have lost meanwhile, as they are numbered here.</summary>
    /// <param name="now">The same parts, as they are now; null for one that is not there any longer.</param>
    public List<int> FindRemoved(IReadOnlyList<SegmentPart<TKey, TRecord>?> now)
    {
        var removed = new List<int>();
        for (int i = 0; i < _rows.Length; i++)
        {
            if (now[_rows[i].Part]?.Removed.Contains(_rows[i].Row) is not false)
            {
                removed.Add(i);
            }
        }

        return removed;
    }

    public IEnumerator<TRecord> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
