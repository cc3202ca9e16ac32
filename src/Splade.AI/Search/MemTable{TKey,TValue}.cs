namespace Splade.AI.Search;

/// <summary>Values by key in the order of their insertion, for one writer at a time and readers that never wait.</summary>
/// <remarks>
/// <para>
/// Readers take <see cref="Current"/>, an immutable snapshot published by each write as a whole. Snapshots share one append-only row
/// array: a write appends behind the last row its predecessor sees and stamps the rows it removes with its version. A batch of m
/// items costs m steps (of a balanced tree, for the keys), not a copy of the table; the array is copied when it is full and when
/// more than half of it is removed rows.
/// </para>
/// <para>Putting in an existing key is a new insertion: the key moves to the end.</para>
/// </remarks>
internal sealed class MemTable<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private volatile MemTableSnapshot<TKey, TValue> _current = MemTableSnapshot<TKey, TValue>.Empty;

    public MemTableSnapshot<TKey, TValue> Current => _current;

    /// <summary>Puts all items in at once; of several with one key the last stays.</summary>
    public void Upsert(IReadOnlyList<KeyValuePair<TKey, TValue>> items)
    {
        MemTableSnapshot<TKey, TValue> before = _current;
        TableRow<TKey, TValue>[] rows = before.RowsWithRoomFor(items.Count);
        int rowCount = before.RowCount;
        var byKey = before.ByKey.ToBuilder();
        var replaced = new List<TableRow<TKey, TValue>>();
        foreach ((TKey key, TValue value) in items)
        {
            if (byKey.TryGetValue(key, out TableRow<TKey, TValue>? old))
            {
                replaced.Add(old);
            }

            rows[rowCount] = new TableRow<TKey, TValue>(key, value);
            byKey[key] = rows[rowCount];
            rowCount++;
        }

        Publish(new MemTableSnapshot<TKey, TValue>(rows, rowCount, before.Version + 1, byKey.ToImmutable()), replaced);
    }

    /// <summary>Takes all given keys out at once and says how many were there.</summary>
    public int Remove(IEnumerable<TKey> keys)
    {
        var byKey = _current.ByKey.ToBuilder();
        var removed = new List<TableRow<TKey, TValue>>();
        foreach (TKey key in keys)
        {
            if (byKey.TryGetValue(key, out TableRow<TKey, TValue>? row))
            {
                byKey.Remove(key);
                removed.Add(row);
            }
        }

        Publish(_current.With(byKey.ToImmutable()), removed);
        return removed.Count;
    }

    /// <summary>Stamps and publishes. Nothing may fail between the two, so all memory is taken before and packing comes after.</summary>
    private void Publish(MemTableSnapshot<TKey, TValue> next, List<TableRow<TKey, TValue>> removed)
    {
        foreach (TableRow<TKey, TValue> row in removed)
        {
            row.RemoveAt(next.Version);
        }

        _current = next;
        if (next.NeedsPacking)
        {
            _current = next.Packed();
        }
    }
}
