namespace Splade.AI.Search;

/// <summary>Values by key in the order of their insertion, for writers that take turns and readers that never wait.</summary>
/// <param name="requireSameSpace">
/// Throws if its first argument, a new value, cannot be compared with its second; the third names the parameter to blame.
/// </param>
/// <remarks>
/// <para>
/// Readers take <see cref="Current"/>, an immutable snapshot published by each write as a whole. Snapshots share one append-only row
/// array: a write appends behind the last row its predecessor sees and stamps the rows it removes with its version. A batch of m
/// items costs m steps (of a balanced tree, for the keys), not a copy of the table; the array is copied when it is full and when
/// more than half of it is removed rows.
/// </para>
/// <para>Putting in an existing key is a new insertion: the key moves to the end.</para>
/// </remarks>
internal sealed class SnapshotTable<TKey, TValue>(Action<TValue, TValue, string> requireSameSpace)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _writing = new();
    private volatile TableSnapshot<TKey, TValue> _current = TableSnapshot<TKey, TValue>.Empty;

    public TableSnapshot<TKey, TValue> Current => _current;

    /// <summary>Puts all items in at once; of several with one key the last stays.</summary>
    public void Upsert(IReadOnlyList<KeyValuePair<TKey, TValue>> items, string parameter)
    {
        if (items.Count == 0)
        {
            return;
        }

        lock (_writing)
        {
            TValue model = _current.AnyValue ?? items[0].Value;
            foreach ((_, TValue value) in items)
            {
                requireSameSpace(value, model, parameter);
            }

            Append(items);
        }
    }

    /// <summary>Takes all given keys out at once and says how many were there.</summary>
    /// <exception cref="ArgumentException">A key is null; nothing was taken out.</exception>
    public int Remove(IEnumerable<TKey> keys, string parameter)
    {
        TKey[] all = [.. keys];
        int missing = Array.FindIndex(all, key => key is null);
        if (missing >= 0)
        {
            throw new ArgumentException($"The key at position {missing} is null.", parameter);
        }

        lock (_writing)
        {
            var byKey = _current.ByKey.ToBuilder();
            var removed = new List<TableRow<TKey, TValue>>();
            foreach (TKey key in all)
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
    }

    private void Append(IReadOnlyList<KeyValuePair<TKey, TValue>> items)
    {
        TableSnapshot<TKey, TValue> before = _current;
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

        Publish(new TableSnapshot<TKey, TValue>(rows, rowCount, before.Version + 1, byKey.ToImmutable()), replaced);
    }

    /// <summary>Stamps and publishes. Nothing may fail between the two, so all memory is taken before and packing comes after.</summary>
    private void Publish(TableSnapshot<TKey, TValue> next, List<TableRow<TKey, TValue>> removed)
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
