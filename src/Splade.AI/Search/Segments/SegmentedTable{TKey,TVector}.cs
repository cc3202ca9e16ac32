namespace Splade.AI.Search.Segments;

/// <summary>Vectors by key in the order of their insertion, for writers that take turns and readers that never wait.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TVector">The type of the vectors.</typeparam>
/// <remarks>
/// Readers take <see cref="Current"/>, which each write replaces as a whole. What is put in goes into a table, which is scored row by row; when
/// it is full, it becomes a segment. Segments do not change: rows that are taken out are marked, and go when segments are merged.
/// </remarks>
/// <param name="kind">What is to know of the vectors.</param>
internal sealed partial class SegmentedTable<TKey, TVector>(ISegmentKind<TVector> kind)
    where TKey : notnull
    where TVector : class
{
    /// <summary>So many vectors in the table are scored in less time than a small window takes.</summary>
    private const int DefaultTableRows = 1024;

    private readonly Lock _writing = new();
    private SnapshotTable<TKey, TVector> _table = NewTable();
    private volatile IndexState<TKey, TVector> _state = IndexState<TKey, TVector>.Empty;

    /// <summary>How many vectors become a segment.</summary>
    public int TableRows { get; init; } = DefaultTableRows;

    public IndexState<TKey, TVector> Current => _state;

    /// <summary>The size of the space of the vectors; null if there are none.</summary>
    public int? Dimensions => DimensionsOf(_state);

    /// <summary>The same of a state.</summary>
    public int? DimensionsOf(IndexState<TKey, TVector> state) =>
        state.Parts.Count > 0 ? state.Parts[0].Segment.Dimensions : state.Tail.AnyValue is TVector vector ? kind.DimensionsOf(vector) : null;

    /// <summary>Puts all items in at once; of several with one key the last stays.</summary>
    /// <exception cref="ArgumentException">A vector is of another space; nothing was put in.</exception>
    public void Upsert(List<KeyValuePair<TKey, TVector>> items, string parameter)
    {
        if (items.Count == 0)
        {
            return;
        }

        lock (_writing)
        {
            int dimensions = Dimensions ?? kind.DimensionsOf(items[0].Value);
            foreach ((_, TVector vector) in items)
            {
                DimensionGuard.RequireEqual(kind.DimensionsOf(vector), dimensions, parameter);
            }

            (SegmentPart<TKey, TVector>[] parts, _) = _state.Without(items.Select(item => item.Key));
            if (_table.Current.RowCount + items.Count <= TableRows)
            {
                _table.Upsert(items, parameter);
                Publish(new IndexState<TKey, TVector>(parts, _table.Current));
            }
            else
            {
                Seal(parts, items);
            }
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
            (SegmentPart<TKey, TVector>[] parts, int removed) = _state.Without(all);
            removed += _table.Remove(all, parameter);
            Publish(new IndexState<TKey, TVector>(parts, _table.Current));
            return removed;
        }
    }

    // Dimensions are compared before, with those of the segments too.
    private static SnapshotTable<TKey, TVector> NewTable() => new(static (_, _, _) => { });

    /// <summary>Puts a segment of what is in the table, and of what comes, behind the others, and empties the table.</summary>
    private void Seal(IReadOnlyList<SegmentPart<TKey, TVector>> parts, List<KeyValuePair<TKey, TVector>> items)
    {
        // The last of several with one key stays, where it stands.
        var last = new Dictionary<TKey, int>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            last[items[i].Key] = i;
        }

        KeyValuePair<TKey, TVector>[] rows =
        [
            .. _table.Current.Items.Where(item => !last.ContainsKey(item.Key)),
            .. items.Where((item, i) => last[item.Key] == i),
        ];
        IndexSegment<TVector> segment = kind.Build(Array.ConvertAll(rows, row => row.Value), CancellationToken.None);
        var part = new SegmentPart<TKey, TVector>(segment, new KeyTable<TKey>(Array.ConvertAll(rows, row => row.Key)), RowSet.Empty);
        _table = NewTable();
        Publish(new IndexState<TKey, TVector>([.. parts, part], _table.Current));
    }

    // An empty index forgets the dimensions of what it had.
    private void Publish(IndexState<TKey, TVector> state)
    {
        _state = state.Count == 0 ? IndexState<TKey, TVector>.Empty : state with { Parts = [.. state.Parts.Where(part => part.Count > 0)] };
        BeginMerge();
    }
}
