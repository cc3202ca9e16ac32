namespace Splade.AI.Search.Segments;

/// <content>Merging: many small segments become one, and rows that were taken out go.</content>
internal sealed partial class SegmentedTable<TKey, TVector>
{
    private Task? _merging;

    /// <summary>Makes one segment of all vectors. Others read and write meanwhile.</summary>
    /// <param name="cancellationToken">Ends the work early; what is in the table is as it was.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task OptimizeAsync(CancellationToken cancellationToken = default)
    {
        Flush();
        while (true)
        {
            Task? running;
            IReadOnlyList<SegmentPart<TKey, TVector>> parts;
            lock (_writing)
            {
                running = _merging;
                parts = _state.Parts;
                if (running is null)
                {
                    if (parts is [] or [{ Removed.Count: 0 }])
                    {
                        return;
                    }

                    running = _merging = Task.Run(() => Merge(parts, cancellationToken), CancellationToken.None);
                }
            }

            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until nothing is left to merge.</summary>
    public async Task WhenMergedAsync()
    {
        while (Volatile.Read(ref _merging) is Task running)
        {
            await running.ConfigureAwait(false);
        }
    }

    // Under the lock.
    private void BeginMerge()
    {
        if (_merging is null && MergePlan.Find(_state.Parts, TableRows) is IReadOnlyList<SegmentPart<TKey, TVector>> parts)
        {
            _merging = Task.Run(() => Merge(parts, CancellationToken.None));
        }
    }

    private void Merge(IReadOnlyList<SegmentPart<TKey, TVector>> parts, CancellationToken cancellationToken)
    {
        try
        {
            var rows = new PartRows<TKey, TVector>(parts);
            IndexSegment<TVector> segment = kind.Build(rows, cancellationToken);
            var merged = new SegmentPart<TKey, TVector>(segment, new KeyTable<TKey>(rows.Keys()), RowSet.Empty);
            lock (_writing)
            {
                Replace(parts, merged, rows);
            }
        }
        finally
        {
            lock (_writing)
            {
                _merging = null;
                BeginMerge();
            }
        }
    }

    // Under the lock. What was taken out since the merge began is taken out of its result.
    private void Replace(IReadOnlyList<SegmentPart<TKey, TVector>> parts, SegmentPart<TKey, TVector> merged, PartRows<TKey, TVector> rows)
    {
        List<SegmentPart<TKey, TVector>> now = [.. _state.Parts];
        SegmentPart<TKey, TVector>?[] left = [.. parts.Select(part => now.Find(p => p.Segment == part.Segment))];
        int first = now.FindIndex(p => left.Contains(p));
        if (first >= 0)
        {
            now.RemoveAll(left.Contains);
            now.Insert(first, merged with { Removed = RowSet.Empty.With(rows.FindRemoved(left)) });
            Publish(_state with { Parts = now });
        }
    }

    private void Flush()
    {
        lock (_writing)
        {
            if (_table.Current.Count > 0)
            {
                Seal(_state.Parts, []);
            }
        }
    }
}
