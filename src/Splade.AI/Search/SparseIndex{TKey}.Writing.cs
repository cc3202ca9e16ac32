using Splade.AI.Search.Segments;

namespace Splade.AI.Search;

/// <content>Writing: into the table, and from there into segments.</content>
public sealed partial class SparseIndex<TKey>
{
    /// <summary>So many vectors in the table are scored in less time than a small window takes.</summary>
    private const int DefaultTableRows = 1024;

    private readonly Lock _writing = new();
    private readonly int _tableRows = DefaultTableRows;
    private SnapshotTable<TKey, SparseVector> _table = NewTable();

    /// <summary>An empty index in memory.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    public SparseIndex(SparseIndexOptions? options = null) => _options = options ?? new SparseIndexOptions();

    /// <param name="tableRows">How many vectors become a segment.</param>
    internal SparseIndex(int tableRows)
        : this() => _tableRows = tableRows;

    /// <summary>Puts a vector in, in place of the one under the same key if there is one.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions than those in the index.</exception>
    public void Upsert(TKey key, SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(vector);
        Put([KeyValuePair.Create(key, vector)], nameof(vector));
    }

    /// <summary>Puts many vectors in at once: readers see all of them or none. Of several with one key the last stays.</summary>
    /// <exception cref="ArgumentException">A key or vector is null, or a vector has other dimensions; nothing was put in.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was put in.</exception>
    public void Upsert(IEnumerable<(TKey Key, SparseVector Vector)> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var batch = new List<KeyValuePair<TKey, SparseVector>>();
        foreach ((TKey key, SparseVector vector) in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (key is null || vector is null)
            {
                throw new ArgumentException($"The key or the vector at position {batch.Count} is null.", nameof(items));
            }

            batch.Add(KeyValuePair.Create(key, vector));
        }

        Put(batch, nameof(items));
    }

    /// <summary>Takes out the vector under a key.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Take([key]) == 1;
    }

    /// <summary>Takes out the vectors under many keys at once: readers see all of them or none.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="ArgumentException">A key is null; nothing was taken out.</exception>
    public int Remove(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        TKey[] all = [.. keys];
        int missing = Array.FindIndex(all, key => key is null);
        return missing < 0 ? Take(all) : throw new ArgumentException($"The key at position {missing} is null.", nameof(keys));
    }

    private static SnapshotTable<TKey, SparseVector> NewTable() => new(RequireSameSpace);

    private static void RequireSameSpace(SparseVector found, SparseVector held, string parameter) =>
        DimensionGuard.RequireEqual(found.Dimensions, held.Dimensions, parameter);

    private void Put(List<KeyValuePair<TKey, SparseVector>> items, string parameter)
    {
        if (items.Count == 0)
        {
            return;
        }

        lock (_writing)
        {
            int dimensions = _state.Dimensions ?? items[0].Value.Dimensions;
            foreach ((_, SparseVector vector) in items)
            {
                DimensionGuard.RequireEqual(vector.Dimensions, dimensions, parameter);
            }

            (SegmentPart<TKey>[] parts, _) = _state.Without(items.Select(item => item.Key));
            if (_table.Current.RowCount + items.Count <= _tableRows)
            {
                _table.Upsert(items, parameter);
                Publish(new IndexState<TKey>(parts, _table.Current));
            }
            else
            {
                Publish(new IndexState<TKey>([.. parts, Seal(items, dimensions)], TableSnapshot<TKey, SparseVector>.Empty));
                _table = NewTable();
            }
        }
    }

    /// <summary>A segment of what is in the table and what comes.</summary>
    private SegmentPart<TKey> Seal(List<KeyValuePair<TKey, SparseVector>> items, int dimensions)
    {
        // The last of several with one key stays, where it stands.
        var last = new Dictionary<TKey, int>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            last[items[i].Key] = i;
        }

        KeyValuePair<TKey, SparseVector>[] rows =
        [
            .. _table.Current.Items.Where(item => !last.ContainsKey(item.Key)),
            .. items.Where((item, i) => last[item.Key] == i),
        ];
        SparseSegment segment = SegmentBuilder.Build(new VectorRows(Array.ConvertAll(rows, row => row.Value)), dimensions);
        return new SegmentPart<TKey>(segment, new KeyTable<TKey>(Array.ConvertAll(rows, row => row.Key)), RowSet.Empty);
    }

    private int Take(TKey[] keys)
    {
        lock (_writing)
        {
            (SegmentPart<TKey>[] parts, int removed) = _state.Without(keys);
            removed += _table.Remove(keys, nameof(keys));
            Publish(new IndexState<TKey>(parts, _table.Current));
            return removed;
        }
    }

    // An empty index forgets the dimensions of what it had.
    private void Publish(IndexState<TKey> state)
    {
        _state = state.Count == 0 ? IndexState<TKey>.Empty : state with { Parts = [.. state.Parts.Where(part => part.Count > 0)] };
        BeginMerge();
    }
}
