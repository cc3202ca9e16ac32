namespace Splade.AI.Search.Segments;

/// <content>Merging: many small segments become one, and rows that were taken out go.</content>
internal sealed partial class SegmentedTable<TKey, TVector>
{
    private Task? _merging;
    private Exception? _mergeFailure;

    /// <summary>Why the last merge in the background could not be done; null if it could. It is tried again with the next segment.</summary>
    public Exception? MergeFailure => Volatile.Read(ref _mergeFailure);

    /// <summary>Makes one segment of all vectors. Others read and write meanwhile.</summary>
    /// <param name="cancellationToken">Ends the work early; what is in the table is as it was.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task OptimizeAsync(CancellationToken cancellationToken = default)
    {
        Flush();
        while (true)
        {
            Task? others;
            Task? mine = null;
            lock (_writing)
            {
                ObjectDisposedException.ThrowIf(_uses.IsClosed, this);
                others = _merging;
                if (others is null)
                {
                    if (_state.Parts is [] or [{ Removed.Count: 0 }])
                    {
                        return;
                    }

                    mine = StartMerge(_state.Parts, Environment.ProcessorCount, cancellationToken);
                }
            }

            await (mine ?? Ended(others!)).WaitAsync(cancellationToken).ConfigureAwait(false);
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

    // Whether others could finish is theirs to know.
    private static Task Ended(Task others) => others.ContinueWith(static _ => { }, TaskScheduler.Default);

    // Under the lock, as all below but the merge itself.
    private void BeginMerge()
    {
        if (_merging is null && _mergeFailure is null && !_uses.IsClosed
            && MergePlan.Find(_state.Parts, TableRows) is IReadOnlyList<SegmentPart<TKey, TVector>> parts)
        {
            // The other processors are for those who search and write meanwhile.
            _ = StartMerge(parts, threads: 1, CancellationToken.None);
        }
    }

    private Task StartMerge(IReadOnlyList<SegmentPart<TKey, TVector>> parts, int threads, CancellationToken cancellationToken)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        StateReading<TKey, TVector> reading = Read();
        return _merging = Task.Run(
            () =>
            {
                using (reading)
                using (either)
                {
                    Merge(parts, threads, either.Token);
                }
            },
            CancellationToken.None);
    }

    private void Merge(IReadOnlyList<SegmentPart<TKey, TVector>> parts, int threads, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var rows = new PartRows<TKey, TVector>(parts);
            SegmentPart<TKey, TVector> merged = NewPart(kind.Build(rows, threads, cancellationToken), rows.Keys());
            lock (_writing)
            {
                Replace(parts, merged, rows);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = e;
            throw;
        }
        finally
        {
            lock (_writing)
            {
                _merging = null;
                _mergeFailure = failure;
                BeginMerge();
            }
        }
    }

    // What was taken out since the merge began is taken out of its result.
    private void Replace(IReadOnlyList<SegmentPart<TKey, TVector>> parts, SegmentPart<TKey, TVector> merged, PartRows<TKey, TVector> rows)
    {
        List<SegmentPart<TKey, TVector>> now = [.. _state.Parts];
        SegmentPart<TKey, TVector>?[] left = [.. parts.Select(part => now.Find(p => p.Segment == part.Segment))];
        merged = merged with { Removed = RowSet.Empty.With(rows.FindRemoved(left)) };
        int first = now.FindIndex(p => left.Contains(p));
        now.RemoveAll(left.Contains);
        if (merged.Count > 0)
        {
            now.Insert(first, merged);
        }
        else
        {
            _storage?.Drop(merged);
        }

        CommitOrDrop(now, merged, startLog: false);
        Publish(now);
    }

    private void Flush()
    {
        lock (_writing)
        {
            BeginWrite();
            if (_table.Current.Count > 0)
            {
                Seal(_state.Parts, []);
            }
        }
    }
}
