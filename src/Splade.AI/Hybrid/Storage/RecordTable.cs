using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>
/// Represents records with vectors in any number of columns, in memory or in a folder, as an <see cref="EmbeddedHybridStore"/> has those with two: what
/// vector stores are built on.
/// </summary>
/// <remarks>
/// Safe for concurrent use. A write puts all parts of all its records in at once, or nothing. In a folder, what was written is on the disk when the
/// call returns. Sparse and dense columns are counted apart, both from 0.
/// </remarks>
public sealed partial class RecordTable : IDisposable
{
    private readonly IReadOnlyList<DenseColumn> _dense;
    private readonly RecordVectors _vectors;
    private readonly SegmentedTable<string, StoredRecord> _table;
    private readonly Lock _writing = new();
    private volatile IReadOnlyDictionary<string, string> _space;

    /// <summary>Initializes a new instance of the <see cref="RecordTable"/> class: an empty table in memory.</summary>
    /// <param name="sparseColumns">How many sparse vectors the records have.</param>
    /// <param name="denseColumns">Which dense vectors they have.</param>
    /// <param name="space">What the records depend on, in words.</param>
    public RecordTable(int sparseColumns, IReadOnlyList<DenseColumn> denseColumns, IReadOnlyDictionary<string, string> space)
        : this(sparseColumns, denseColumns, space, tableRows: null)
    {
    }

    /// <param name="sparseColumns">How many sparse vectors the records have.</param>
    /// <param name="denseColumns">Which dense vectors they have.</param>
    /// <param name="space">What the records depend on, in words.</param>
    /// <param name="tableRows">How many records become a segment; null for the default.</param>
    internal RecordTable(int sparseColumns, IReadOnlyList<DenseColumn> denseColumns, IReadOnlyDictionary<string, string> space, int? tableRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sparseColumns);
        ArgumentNullException.ThrowIfNull(denseColumns);
        ArgumentNullException.ThrowIfNull(space);
        _dense = [.. denseColumns];
        var columns = new RecordColumns(sparseColumns, [.. _dense.Select(column => DenseSimilarity.Require(column.Similarity, nameof(denseColumns)))]);
        _vectors = new RecordVectors(columns, new SearchThreads(Environment.ProcessorCount));
        var kind = new RecordSegments(columns);
        _table = tableRows is int rows ? new SegmentedTable<string, StoredRecord>(kind) { TableRows = rows } : new SegmentedTable<string, StoredRecord>(kind);
        _space = space;
    }

    /// <summary>Gets what the records depend on. Another object says so if it has changed.</summary>
    public IReadOnlyDictionary<string, string> EmbeddingSpace => _space;

    /// <summary>Gets a value indicating whether the table is closed, or is about to be.</summary>
    public bool IsDisposed
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>Gets a value indicating whether the table is in a folder, so that a write waits for a disk.</summary>
    public bool IsInFolder => _table.EmbeddingSpace is not null;

    /// <summary>Compares what the records depend on with what is at hand, as far as both are known.</summary>
    /// <remarks>
    /// The name of a model, under <c>model</c> or <c>model of X</c>, is not compared where both sides have its hash, under <c>model-hash</c> or
    /// <c>model-hash of X</c>.
    /// </remarks>
    /// <param name="space">What is at hand.</param>
    /// <returns>One text for each difference; none if the records fit.</returns>
    public IReadOnlyList<string> DifferencesFrom(IReadOnlyDictionary<string, string> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        IReadOnlyDictionary<string, string> known = EmbeddingSpace;
        return SpaceDifferences.Find(
            known.Where(item => space.ContainsKey(item.Key)).ToDictionary(), space.Where(item => known.ContainsKey(item.Key)).ToDictionary());
    }

    /// <summary>Does several things while nobody else writes.</summary>
    /// <param name="work">What is done.</param>
    public void InTurn(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (_writing)
        {
            work();
        }
    }

    /// <summary>Remembers what records depend on that are to come; of records that are there, what was not known of them.</summary>
    /// <param name="space">What they depend on, in words.</param>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public void Remember(IReadOnlyDictionary<string, string> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        lock (_writing)
        {
            Dictionary<string, string> next = _table.Current.Count == 0 ? new(space) : new(space.Concat(EmbeddingSpace.Where(item => !space.ContainsKey(item.Key))));
            if (next.Count != EmbeddingSpace.Count || next.Any(item => EmbeddingSpace.GetValueOrDefault(item.Key) != item.Value))
            {
                _table.Remember(next);
                _space = next;
            }
        }
    }

    /// <summary>Begins to read what is there now.</summary>
    /// <returns>The records of this moment. Dispose of it, so that memory is given back.</returns>
    /// <exception cref="ObjectDisposedException">The table was disposed.</exception>
    public RecordReading Read()
    {
        // It changes before the records that it is changed for: what is the same before and after holds for all that is read between.
        IReadOnlyDictionary<string, string> space = _space;
        StateReading<string, StoredRecord> reading;
        for (reading = _table.Read(); !ReferenceEquals(space, _space); reading = _table.Read())
        {
            space = _space;
            reading.Dispose();
        }

        return new RecordReading(reading, _vectors, _dense, space);
    }

    /// <summary>Creates a record that can be put in.</summary>
    /// <param name="text">The text. Nothing is searched in it.</param>
    /// <param name="metadata">What filters find it by, which nobody writes to any more.</param>
    /// <param name="sparse">Its sparse vectors, one for each column.</param>
    /// <param name="dense">Its dense vectors, one for each column; null where it has none.</param>
    /// <param name="parameterName">What exceptions call the argument; null for its own name.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentException">There are more or fewer vectors than columns, or a dense vector cannot be searched.</exception>
    public StoredRecord CreateRecord(
        string text,
        IReadOnlyDictionary<string, MetadataValue> metadata,
        IReadOnlyList<SparseVector> sparse,
        IReadOnlyList<ReadOnlyMemory<float>?> dense,
        string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(sparse);
        ArgumentNullException.ThrowIfNull(dense);
        _vectors.RequireColumns(sparse.Count, dense.Count, parameterName ?? nameof(dense));
        DenseVector[] vectors = [.. _dense.Zip(dense, (column, vector) => column.Create(vector, parameterName ?? nameof(dense)))];
        string[] lacking = [.. _dense.Where((_, i) => dense[i] is null).Select(column => column.Name)];
        return new NewRecord(text, LackingVectors.AddTo(metadata, lacking), [.. sparse], vectors);
    }

    /// <summary>Puts all records in at once; of several with one id the last stays.</summary>
    /// <param name="records">The records by their ids, made by <see cref="CreateRecord"/>.</param>
    /// <param name="parameterName">What exceptions call the argument; null for its own name.</param>
    /// <exception cref="ArgumentException">A vector has another size than those of its column; nothing was put in.</exception>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public void Upsert(IReadOnlyCollection<KeyValuePair<string, StoredRecord>> records, string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
        {
            return;
        }

        List<KeyValuePair<string, StoredRecord>> all = [.. records];
        lock (_writing)
        {
            // Nobody writes meanwhile, so that the first segment stays.
            _vectors.RequireFit(_table.Current, all, parameterName ?? nameof(records));
            _table.Upsert(all, parameterName ?? nameof(records));
        }
    }

    /// <summary>Takes all given ids out at once.</summary>
    /// <param name="ids">The ids.</param>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public int Remove(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        lock (_writing)
        {
            return _table.Remove(ids, nameof(ids));
        }
    }

    /// <summary>Closes the table. Readings under way end as they would have; all calls after this one throw.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        _table.Dispose();
    }
}
