using Splade.AI.Search.Segments;

namespace Splade.AI.Search;

/// <content>Merging: many small segments become one, and rows that were taken out go.</content>
public sealed partial class SparseIndex<TKey>
{
    private Task? _merging;

    /// <summary>Makes one segment of all vectors, so that searches are as fast as they can be. Others read and write meanwhile.</summary>
    /// <remarks>Worth it after a large import; small writes are merged as they come.</remarks>
    /// <param name="cancellationToken">Ends the work early; the index is as it was.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task OptimizeAsync(CancellationToken cancellationToken = default)
    {
        Flush();
        while (true)
        {
            Task? running;
            IReadOnlyList<SegmentPart<TKey>> parts;
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
    internal async Task WhenMergedAsync()
    {
        while (Volatile.Read(ref _merging) is Task running)
        {
            await running.ConfigureAwait(false);
        }
    }

    // Under the lock.
    private void BeginMerge()
    {
        if (_merging is null && MergePlan.Find(_state.Parts, _tableRows) is IReadOnlyList<SegmentPart<TKey>> parts)
        {
            _merging = Task.Run(() => Merge(parts, CancellationToken.None));
        }
    }

    private void Merge(IReadOnlyList<SegmentPart<TKey>> parts, CancellationToken cancellationToken)
    {
        try
        {
            var rows = new PartRows<TKey>(parts);
            SparseSegment segment = SegmentBuilder.Build(rows, parts[0].Segment.Layout.Header.Dimensions, cancellationToken);
            var merged = new SegmentPart<TKey>(segment, new KeyTable<TKey>(rows.Keys()), RowSet.Empty);
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
    private void Replace(IReadOnlyList<SegmentPart<TKey>> parts, SegmentPart<TKey> merged, PartRows<TKey> rows)
    {
        List<SegmentPart<TKey>> now = [.. _state.Parts];
        SegmentPart<TKey>[] left = [.. parts.Select(part => now.Find(p => p.Segment == part.Segment) ?? Emptied(part))];
        int first = now.FindIndex(p => parts.Any(part => part.Segment == p.Segment));
        if (first < 0)
        {
            return;
        }

        now.RemoveAll(p => parts.Any(part => part.Segment == p.Segment));
        now.Insert(first, merged with { Removed = RowSet.Empty.With(rows.FindRemoved(left)) });
        Publish(_state with { Parts = now });
    }

    // A segment that lost its last row meanwhile is not there any longer.
    private static SegmentPart<TKey> Emptied(SegmentPart<TKey> part) =>
        part with { Removed = RowSet.Empty.With([.. Enumerable.Range(0, part.Segment.Rows)]) };

    private void Flush()
    {
        lock (_writing)
        {
            if (_table.Current.Count > 0)
            {
                Publish(new IndexState<TKey>([.. _state.Parts, Seal([], _state.Dimensions!.Value)], TableSnapshot<TKey, SparseVector>.Empty));
                _table = NewTable();
            }
        }
    }
}
