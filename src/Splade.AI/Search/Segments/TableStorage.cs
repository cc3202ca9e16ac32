using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Segments;

/// <summary>A table in a folder: what it holds, in the words of <see cref="IndexFolder"/>.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
internal sealed class TableStorage<TKey, TRecord> : IDisposable
    where TKey : notnull
{
    /// <summary>The keys come first, the vectors behind them.</summary>
    private const int KeySection = 0;

    /// <summary>With a longer log, what is in the table becomes a segment before it is full: opening a folder reads the log.</summary>
    private const long LongestLog = 1 << 24;

    private readonly ISegmentKind<TRecord> _kind;
    private readonly ICodec<TKey> _keys = KeyCodec.Of<TKey>();
    private readonly TableRecords<TKey, TRecord> _records;
    private readonly IndexFolder _folder;

    /// <summary>Opens a folder, or makes an empty one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="kind">What its segments are.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="table">Is given what the folder holds.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public TableStorage(
        string path, ISegmentKind<TRecord> kind, SearchIndexOptions options, IStoredTable<TKey, TRecord> table, CancellationToken cancellationToken)
    {
        _kind = kind;
        _records = new TableRecords<TKey, TRecord>(_keys, kind.Codec);
        _folder = IndexFolder.Open(
            path,
            new FolderOptions(kind.Name, KeyCodec.NameOf<TKey>(), options.EmbeddingSpace, options.VerifyOnOpen),
            (file, part) => table.Add(Open(file, part)),
            record => _records.Replay(record, table.Upsert, table.Remove),
            cancellationToken);
    }

    /// <summary>What the vectors depend on.</summary>
    public IReadOnlyDictionary<string, string> EmbeddingSpace => _folder.EmbeddingSpace;

    /// <summary>Whether the log has become so long that all of it should be in a segment.</summary>
    public bool IsLogLong => _folder.LogLength > LongestLog;

    /// <summary>Whether the log does not become too long by a write.</summary>
    public bool HasRoomFor(IReadOnlyCollection<KeyValuePair<TKey, TRecord>> upserted) => _folder.LogLength + _records.SizeOf(upserted) <= LongestLog;

    /// <returns>Waits until the write is safe.</returns>
    public Action Log(IReadOnlyCollection<KeyValuePair<TKey, TRecord>> upserted) => _folder.Append(_records.Upsert(upserted));

    /// <returns>Waits until the write is safe.</returns>
    public Action Log(IReadOnlyCollection<TKey> removed) => _folder.Append(_records.Remove(removed));

    /// <summary>Writes a new segment. It counts once it is committed. The memory of the one given goes, also where a full disk refuses it: that may be a file.</summary>
    /// <returns>The same, as it lies on the disk.</returns>
    public SegmentPart<TKey, TRecord> Save(IndexSegment<TRecord> segment, TKey[] keys)
    {
        string name;
        SegmentFile file;
        using (segment)
        {
            using SegmentMemory names = Write(keys);
            (name, file) = _folder.Save(segment.Rows, [names, .. segment.Sections]);
        }

        return NewPart(name, file, keys);
    }

    /// <summary>Memory that is a file of the folder, all zero, to put a segment together in.</summary>
    public SegmentMemory TakeRoom(long length) => _folder.TakeRoom(length);

    /// <summary>Makes the folder hold some segments, and what was logged: until now too, or from now on.</summary>
    public void Commit(IReadOnlyList<SegmentPart<TKey, TRecord>> parts, bool startLog) => _folder.Commit(Name(parts), startLog);

    /// <summary>Makes the folder remember what the vectors depend on.</summary>
    public void Remember(IReadOnlyDictionary<string, string> space, IReadOnlyList<SegmentPart<TKey, TRecord>> parts) =>
        _folder.Commit(Name(parts), startLog: false, space);

    /// <summary>Deletes a segment that will not be committed.</summary>
    public void Drop(SegmentPart<TKey, TRecord> part) => _folder.Drop(part.File!);

    /// <summary>Keeps what the folder holds now until it was copied.</summary>
    public FolderCopy BeginCopy() => _folder.BeginCopy();

    public IReadOnlyList<SearchStorageException> Verify(FolderCopy copy, CancellationToken cancellationToken) => _folder.Verify(copy, cancellationToken);

    public void Dispose() => _folder.Dispose();

    private SegmentPart<TKey, TRecord> Open(SegmentFile file, ManifestPart part)
    {
        // They are read now, so damage would show now.
        file.Verify(KeySection);
        ReadOnlySpan<byte> from = Bytes(file.Sections[KeySection]);
        var keys = new TKey[file.Header.Rows];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = _keys.Read(ref from);
        }

        return NewPart(part.File, file, keys) with { Removed = RowSet.FromBytes(part.Removed) };
    }

    private SegmentPart<TKey, TRecord> NewPart(string name, SegmentFile file, TKey[] keys)
    {
        try
        {
            return new SegmentPart<TKey, TRecord>(_kind.Open([.. file.Sections.Skip(KeySection + 1)]), new KeyTable<TKey>(keys), RowSet.Empty)
            {
                File = name,
                Checksum = file.Header.Checksum,
                KeyBytes = file.Sections[KeySection].Length,
            };
        }
        catch (InvalidDataException e)
        {
            throw new SearchStorageException($"{e.Message} Restore the folder from a backup.", file.Path, e);
        }
    }

    private SegmentMemory Write(TKey[] keys)
    {
        var memory = new SegmentMemory(keys.Sum(key => (long)_keys.SizeOf(key)));
        Span<byte> to = Bytes(memory);
        foreach (TKey key in keys)
        {
            _keys.Write(key, ref to);
        }

        return memory;
    }

    private static ManifestPart[] Name(IReadOnlyList<SegmentPart<TKey, TRecord>> parts) =>
        [.. parts.Select(part => new ManifestPart(part.File!, part.Checksum, part.Removed.ToBytes()))];

    private static Span<byte> Bytes(SegmentMemory memory) => memory.Span<byte>(0, checked((int)memory.Length));
}
