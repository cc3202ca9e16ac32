namespace Splade.AI.Search.Segments;

/// <summary>The rows of several parts that are still there, one after the other: what a merged segment is made of.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal sealed class PartRows<TKey> : IVectorRows
    where TKey : notnull
{
    private readonly IReadOnlyList<SegmentPart<TKey>> _parts;
    private readonly (int Part, int Row)[] _rows;
    private int[] _indices = [];
    private float[] _values = [];

    public PartRows(IReadOnlyList<SegmentPart<TKey>> parts)
    {
        _parts = parts;
        _rows = [.. parts.SelectMany((part, i) => part.LiveRows.Select(row => (i, row)))];
    }

    public int Count => _rows.Length;

    /// <summary>The key of each row.</summary>
    public TKey[] Keys() => Array.ConvertAll(_rows, place => _parts[place.Part].Keys[place.Row]);

    /// <summary>The rows that some parts have lost meanwhile, as they are numbered here.</summary>
    /// <param name="now">The same parts, as they are now.</param>
    public List<int> FindRemoved(IReadOnlyList<SegmentPart<TKey>> now)
    {
        var removed = new List<int>();
        for (int i = 0; i < _rows.Length; i++)
        {
            if (now[_rows[i].Part].Removed.Contains(_rows[i].Row))
            {
                removed.Add(i);
            }
        }

        return removed;
    }

    public void Read(int row, out ReadOnlySpan<int> indices, out ReadOnlySpan<float> values)
    {
        (int part, int place) = _rows[row];
        SparseSegment segment = _parts[part].Segment;
        int length = segment.Length(place);
        if (_indices.Length < length)
        {
            _indices = new int[2 * length];
            _values = new float[2 * length];
        }

        segment.Read(place, _indices.AsSpan(0, length), _values.AsSpan(0, length));
        indices = _indices.AsSpan(0, length);
        values = _values.AsSpan(0, length);
    }
}
