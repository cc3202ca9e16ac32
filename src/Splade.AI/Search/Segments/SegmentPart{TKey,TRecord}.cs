namespace Splade.AI.Search.Segments;

/// <summary>A segment of an index, the keys of its rows, and which of them have been taken out since. Never changes.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
/// <param name="Segment">The vectors.</param>
/// <param name="Keys">Their keys.</param>
/// <param name="Removed">The rows that are not there any longer.</param>
internal sealed record SegmentPart<TKey, TRecord>(IndexSegment<TRecord> Segment, KeyTable<TKey> Keys, RowSet Removed)
    where TKey : notnull
{
    /// <summary>The name of the segment's file; null in memory.</summary>
    public string? File { get; init; }

    /// <summary>The checksum of the first page of the segment's file; 0 in memory.</summary>
    public uint Checksum { get; init; }

    /// <summary>How long the keys are in the segment's file; 0 in memory.</summary>
    public long KeyBytes { get; init; }

    /// <summary>How large it is. A file has no more keys than one span of bytes holds.</summary>
    public SegmentSize Size => new(Segment.Rows, Count, Math.Max(Segment.Fill, (double)KeyBytes / int.MaxValue));

    /// <summary>How many rows are there.</summary>
    public int Count => Segment.Rows - Removed.Count;

    /// <summary>The rows that are there, in order.</summary>
    public IEnumerable<int> LiveRows => Enumerable.Range(0, Segment.Rows).Where(row => !Removed.Contains(row));

    /// <summary>The row of a key; -1 if it is not there.</summary>
    public int Find(TKey key) => Keys.Find(key) is int row and >= 0 && !Removed.Contains(row) ? row : -1;

    /// <summary>Which rows may be hits; null for all.</summary>
    /// <param name="filter">Which keys may be; null for all.</param>
    public Func<int, bool>? Hits(Func<TKey, bool>? filter) => (Removed.Count, filter) switch
    {
        (0, null) => null,
        (_, null) => row => !Removed.Contains(row),
        _ => row => !Removed.Contains(row) && filter(Keys[row]),
    };
}
