namespace Splade.AI.Search.Segments;

/// <summary>Vectors by key in the order of their insertion, for writers that take turns and readers that never wait.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
/// <remarks>
/// Readers take what <see cref="Read"/> gives them, which each write replaces as a whole. What is put in goes into a table, which is scored row
/// by row; when it is full, it becomes a segment. Segments do not change: rows that are taken out are marked, and go when segments are merged.
/// </remarks>
/// <param name="kind">What is to know of the vectors.</param>
internal sealed partial class SegmentedTable<TKey, TRecord>(ISegmentKind<TRecord> kind) : IVectorTable<TKey>
    where TKey : notnull
    where TRecord : class
{
    /// <summary>So many vectors in the table are scored in less time than a small window takes.</summary>
    private const int DefaultTableRows = 1024;

    private readonly Lock _writing = new();
    private MemTable<TKey, TRecord> _table = new();
    private volatile IndexState<TKey, TRecord> _state = IndexState<TKey, TRecord>.Empty;

    /// <summary>How many vectors become a segment.</summary>
    public int TableRows { get; init; } = DefaultTableRows;

    /// <summary>What is there now: its keys, and how many they are. The memory of its segments may go (<see cref="Read"/>).</summary>
    /// <exception cref="ObjectDisposedException">The table was disposed.</exception>
    public IndexState<TKey, TRecord> Current
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return _state;
        }
    }

    /// <inheritdoc/>
    public int Count => Current.Count;

    /// <inheritdoc/>
    public int? Dimensions => DimensionsOf(Current);

    /// <inheritdoc/>
    public IEnumerable<TKey> Keys => Current.Keys;

    /// <summary>The size of the space of a state's vectors; null if there are none.</summary>
    public int? DimensionsOf(IndexState<TKey, TRecord> state) =>
        state.Parts.Count > 0 ? state.Parts[0].Segment.Dimensions : state.Tail.AnyValue is TRecord vector ? kind.DimensionsOf(vector) : null;

    /// <inheritdoc/>
    public bool Contains(TKey key)
    {
        using StateReading<TKey, TRecord> reading = Read();
        return reading.State.Contains(key);
    }

    /// <summary>Puts all items in at once; of several with one key the last stays.</summary>
    /// <exception cref="ArgumentException">A vector is of another space; nothing was put in.</exception>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public void Upsert(List<KeyValuePair<TKey, TRecord>> items, string parameter)
    {
        if (items.Count == 0)
        {
            return;
        }

        Action? makeSafe = null;
        lock (_writing)
        {
            BeginWrite();
            int dimensions = DimensionsOf(_state) ?? kind.DimensionsOf(items[0].Value);
            foreach ((_, TRecord vector) in items)
            {
                DimensionGuard.RequireEqual(kind.DimensionsOf(vector), dimensions, parameter);
            }

            if (_table.Current.RowCount + items.Count <= TableRows && _storage?.HasRoomFor(items) is not false)
            {
                makeSafe = _storage?.Log(items);
                Put(items);
                BeginMerge();
            }
            else
            {
                Flush(_state.Without(items.Select(item => item.Key)).Parts, items);
            }
        }

        makeSafe?.Invoke();
    }

    /// <inheritdoc/>
    public int Remove(IEnumerable<TKey> keys, string parameter)
    {
        TKey[] all = [.. keys];
        int missing = Array.FindIndex(all, key => key is null);
        if (missing >= 0)
        {
            throw new ArgumentException($"The key at position {missing} is null.", parameter);
        }

        int removed;
        Action? makeSafe;
        lock (_writing)
        {
            BeginWrite();
            makeSafe = _storage?.Log(all);
            removed = Take(all);
            BeginMerge();
        }

        makeSafe?.Invoke();
        return removed;
    }

    private void Put(List<KeyValuePair<TKey, TRecord>> items)
    {
        (SegmentPart<TKey, TRecord>[] parts, _) = _state.Without(items.Select(item => item.Key));
        _table.Upsert(items);
        Publish(parts);
    }

    private int Take(TKey[] keys)
    {
        (SegmentPart<TKey, TRecord>[] parts, int removed) = _state.Without(keys);
        removed += _table.Remove(keys);
        Publish(parts);
        return removed;
    }

    /// <summary>Puts a segment of what is in the table, and of what comes, behind the others, and empties the table.</summary>
    private void Flush(IReadOnlyList<SegmentPart<TKey, TRecord>> parts, List<KeyValuePair<TKey, TRecord>> items)
    {
        // The last of several with one key stays, where it stands.
        var last = new Dictionary<TKey, int>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            last[items[i].Key] = i;
        }

        KeyValuePair<TKey, TRecord>[] rows =
        [
            .. _table.Current.Items.Where(item => !last.ContainsKey(item.Key)),
            .. items.Where((item, i) => last[item.Key] == i),
        ];
        SegmentPart<TKey, TRecord>[] live = [.. parts.Where(part => part.Count > 0)];
        if (rows.Length > 0)
        {
            IndexSegment<TRecord> segment = kind.Build(Array.ConvertAll(rows, row => row.Value), TakeRoom, Environment.ProcessorCount, CancellationToken.None);
            live = [.. live, NewPart(segment, Array.ConvertAll(rows, row => row.Key))];
        }

        CommitOrDrop(live, rows.Length > 0 ? live[^1] : null, startLog: true);
        _table = new MemTable<TKey, TRecord>();
        Publish(live);
        _mergeFailure = null;
        BeginMerge();
    }

    // An empty index forgets the dimensions of what it had.
    private void Publish(IReadOnlyList<SegmentPart<TKey, TRecord>> parts)
    {
        var state = new IndexState<TKey, TRecord>([.. parts.Where(part => part.Count > 0)], _table.Current);
        state = state.Count == 0 ? IndexState<TKey, TRecord>.Empty : state;
        state.Hold();
        IndexState<TKey, TRecord> before = _state;
        _state = state;
        before.EndUse();
    }
}
