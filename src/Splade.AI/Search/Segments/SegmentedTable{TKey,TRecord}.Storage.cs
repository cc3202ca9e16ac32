using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Segments;

/// <content>A table in a folder, and the end of a table.</content>
internal sealed partial class SegmentedTable<TKey, TRecord>
{
    private readonly CancellationTokenSource _closing = new();
    private TableStorage<TKey, TRecord>? _storage;
    private volatile bool _isClosed;

    /// <summary>
    /// How many bytes of a segment are put together in memory, for a table in a folder. Larger ones are in a file that is mapped: the system may write it out
    /// where memory is short, so that segments may become larger than the memory.
    /// </summary>
    public long MostInMemory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8;

    /// <summary>What the vectors depend on; nothing for a table in memory.</summary>
    public IReadOnlyDictionary<string, string>? EmbeddingSpace => _storage?.EmbeddingSpace;

    /// <summary>Opens a folder, or makes an empty one.</summary>
    /// <exception cref="SearchStorageException">The folder is in use, cannot be written to, is damaged, or holds something else.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the folder is as it was.</exception>
    public void Open(string folder, SearchIndexOptions options, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            _storage = new TableStorage<TKey, TRecord>(folder, kind, options, new Restored(this), cancellationToken);
            BeginMerge();
        }
    }

    /// <summary>Makes the folder remember what the vectors depend on; a table in memory remembers nothing.</summary>
    /// <exception cref="SearchStorageException">It could not be written.</exception>
    public void Remember(IReadOnlyDictionary<string, string> space)
    {
        lock (_writing)
        {
            BeginWrite();
            _storage?.Remember(space, _state.Parts);
        }
    }

    /// <summary>What is there now, for as long as it is looked at.</summary>
    /// <exception cref="ObjectDisposedException">The table was disposed.</exception>
    public StateReading<TKey, TRecord> Read()
    {
        while (true)
        {
            IndexState<TKey, TRecord> state = _state;
            state.BeginUse();
            if (!_isClosed && ReferenceEquals(state, _state))
            {
                return new StateReading<TKey, TRecord>(state);
            }

            // Just then a write or the end came: its segments may be gone.
            state.EndUse();
            ObjectDisposedException.ThrowIf(_isClosed, this);
        }
    }

    /// <summary>Copies the folder as it is now; others read and write meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The table is in memory.</exception>
    public Task BackupAsync(string target, IProgress<long>? progress, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using StateReading<TKey, TRecord> reading = Read();
            using FolderCopy copy = BeginCopy()
                ?? throw new InvalidOperationException("The index is in memory: there is no folder to copy. Open it on a folder first.");
            copy.WriteTo(target, progress, cancellationToken);
        },
        cancellationToken);

    /// <summary>Reads all files of the folder; others read and write meanwhile.</summary>
    public Task<IReadOnlyList<SearchStorageException>> VerifyAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using StateReading<TKey, TRecord> reading = Read();
            using FolderCopy? copy = BeginCopy();
            return copy is null ? [] : _storage!.Verify(copy, cancellationToken);
        },
        cancellationToken);

    /// <summary>Gives the folder back, and the memory once the last search is done. What is being merged stays as it was.</summary>
    public void Dispose()
    {
        Task? merging;
        lock (_writing)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _closing.Cancel();
            merging = _merging;
        }

        // Whether it could still be finished makes no difference.
        merging?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _storage?.Dispose();
        _closing.Dispose();
        _state.EndUse();
    }

    private SegmentMemory TakeRoom(long length) => _storage is not null && length > MostInMemory ? _storage.TakeRoom(length) : new SegmentMemory(length);

    private FolderCopy? BeginCopy()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return _storage?.BeginCopy();
        }
    }

    private void BeginWrite()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_storage?.IsLogLong is true)
        {
            Flush(_state.Parts, []);
        }
    }

    private SegmentPart<TKey, TRecord> NewPart(IndexSegment<TRecord> segment, TKey[] keys)
    {
        SegmentPart<TKey, TRecord> part = _storage?.Save(segment, keys) ?? new SegmentPart<TKey, TRecord>(segment, new KeyTable<TKey>(keys), RowSet.Empty);

        // Before others see it: the next writer would make all writers wait for it.
        part.Keys.MakeReady();
        return part;
    }

    private void CommitOrDrop(IReadOnlyList<SegmentPart<TKey, TRecord>> parts, SegmentPart<TKey, TRecord>? added, bool startLog)
    {
        try
        {
            _storage?.Commit(parts, startLog);
        }
        catch when (added is not null)
        {
            added.Segment.Dispose();
            _storage!.Drop(added);
            throw;
        }
    }

    /// <summary>Takes in what a folder holds.</summary>
    private sealed class Restored(SegmentedTable<TKey, TRecord> table) : IStoredTable<TKey, TRecord>
    {
        public void Add(SegmentPart<TKey, TRecord> part) => table.Publish([.. table._state.Parts, part]);

        public void Upsert(List<KeyValuePair<TKey, TRecord>> items) => table.Put(items);

        public void Remove(TKey[] keys) => table.Take(keys);
    }
}
