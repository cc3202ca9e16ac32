namespace Splade.AI.Search.Segments;

/// <content>Merging: many small segments become one, and rows that were taken out go.</content>
internal sealed partial class SegmentedTable<TKey, TRecord>
{
    private readonly SemaphoreSlim _optimizing = new(1, 1);
    private Task? _merging;
    private Exception? _mergeFailure;
    private bool _isOptimizing;

    /// <summary>Why the last merge in the background could not be done; null if it could. It is tried again with the next segment.</summary>
    public Exception? MergeFailure => Volatile.Read(ref _mergeFailure);

    /// <summary>
    /// Makes one segment of all vectors that are there now, or as few as can hold them. Others read and write meanwhile; what they write is merged later.
    /// </summary>
    /// <param name="cancellationToken">Ends the work early; what is in the table is as it was.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The table was disposed, before or meanwhile.</exception>
    public async Task ForceMergeAsync(CancellationToken cancellationToken = default)
    {
        await _optimizing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await MergeAll(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isClosed && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(SegmentedTable<,>));
        }
        finally
        {
            lock (_writing)
            {
                _isOptimizing = false;
                BeginMerge();
            }

            _optimizing.Release();
        }
    }

    /// <summary>Waits until nothing is left to merge.</summary>
    public async Task WhenMergedAsync()
    {
        while (Running() is Task running)
        {
            await running.ConfigureAwait(false);
        }

        // Under the lock, so that the moment between a merge and the next one is not seen.
        Task? Running()
        {
            lock (_writing)
            {
                return _merging;
            }
        }
    }

    private async Task MergeAll(CancellationToken cancellationToken)
    {
        Task? others;
        lock (_writing)
        {
            // Nothing else is merged from here on, so that this ends however much others write.
            _isOptimizing = true;
            BeginWrite();
            if (_table.Current.Count > 0)
            {
                Flush(_state.Parts, []);
            }

            others = _merging;
        }

        if (others is not null)
        {
            await Ended(others).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        IndexState<TKey, TRecord> state = _state;
        foreach ((int first, int count) in MergePlan.FindAll(Sizes(state)))
        {
            await MergeThoseOf(state.Parts.Skip(first).Take(count).Select(part => part.Segment), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Merges segments, as far as they are there still.</summary>
    private Task MergeThoseOf(IEnumerable<IndexSegment<TRecord>> segments, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            SegmentPart<TKey, TRecord>[] parts = [.. _state.Parts.Where(part => segments.Contains(part.Segment))];
            return parts.Length == 0 ? Task.CompletedTask : StartMerge(parts, Environment.ProcessorCount, cancellationToken).WaitAsync(cancellationToken);
        }
    }

    // Whether others could finish is theirs to know.
    private static Task Ended(Task others) => others.ContinueWith(static _ => { }, TaskScheduler.Default);

    // Under the lock, as all below but the merge itself.
    private void BeginMerge()
    {
        if (_merging is null && _mergeFailure is null && !_isOptimizing && !_isClosed && MergePlan.Find(Sizes(_state), TableRows) is (int first, int count))
        {
            // The other processors are for those who search and write meanwhile.
            _ = StartMerge([.. _state.Parts.Skip(first).Take(count)], threads: 1, CancellationToken.None);
        }
    }

    private static SegmentSize[] Sizes(IndexState<TKey, TRecord> state) => [.. state.Parts.Select(part => part.Size)];

    private Task StartMerge(IReadOnlyList<SegmentPart<TKey, TRecord>> parts, int threads, CancellationToken cancellationToken)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        StateReading<TKey, TRecord> reading = Read();
        return _merging = Task.Run(
            () =>
            {
                using (either)
                {
                    Merge(reading, parts, threads, either.Token);
                }
            },
            CancellationToken.None);
    }

    private void Merge(StateReading<TKey, TRecord> reading, IReadOnlyList<SegmentPart<TKey, TRecord>> parts, int threads, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        IDisposable[] readings = [.. parts.SelectMany(part => part.Segment.Sections).Select(section => section.ReadAll())];
        try
        {
            var rows = new PartRows<TKey, TRecord>(parts);
            SegmentPart<TKey, TRecord> merged = NewPart(kind.Build(rows, TakeRoom, threads, cancellationToken), rows.Keys());
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
            Array.ForEach(readings, read => read.Dispose());

            // Before anybody is told that the merge is over, and not under the lock: memory takes time to go.
            reading.Dispose();
            lock (_writing)
            {
                _merging = null;
                _mergeFailure = failure;
                BeginMerge();
            }
        }
    }

    // What was taken out since the merge began is taken out of its result.
    private void Replace(IReadOnlyList<SegmentPart<TKey, TRecord>> parts, SegmentPart<TKey, TRecord> merged, PartRows<TKey, TRecord> rows)
    {
        List<SegmentPart<TKey, TRecord>> now = [.. _state.Parts];
        SegmentPart<TKey, TRecord>?[] left = [.. parts.Select(part => now.Find(p => p.Segment == part.Segment))];
        merged = merged with { Removed = RowSet.Empty.With(rows.FindRemoved(left)) };
        int first = now.FindIndex(p => left.Contains(p));
        now.RemoveAll(left.Contains);
        if (merged.Count > 0)
        {
            now.Insert(first, merged);
        }
        else
        {
            merged.Segment.Dispose();
            _storage?.Drop(merged);
        }

        CommitOrDrop(now, merged, startLog: false);
        Publish(now);
    }
}
