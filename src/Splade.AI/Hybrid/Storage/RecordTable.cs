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
    private readonly RecordVectors _vectors;
    private readonly SegmentedTable<string, StoredRecord> _table;
    private readonly Lock _writing = new();
    private volatile IReadOnlyDictionary<string, string> _space;

    /// <summary>Whether a record may lack a vector, so that searches look for such. Most tables never have one.</summary>
    private volatile bool _mayLack;

    /// <summary>Initializes a new instance of the <see cref="RecordTable"/> class: an empty table in memory.</summary>
    /// <param name="sparseColumns">How many sparse vectors the records have.</param>
    /// <param name="denseColumns">Which dense vectors they have.</param>
    /// <param name="space">What the records depend on, in words.</param>
    public RecordTable(int sparseColumns, IReadOnlyList<DenseColumn> denseColumns, IReadOnlyDictionary<string, string> space)
        : this(ColumnsOf(sparseColumns, denseColumns), space)
    {
    }

    /// <param name="columns">Which vectors the records have.</param>
    /// <param name="space">What the records depend on, in words.</param>
    /// <param name="options">How searches work; null for the defaults.</param>
    /// <param name="tableRows">How many records become a segment; null for the default.</param>
    internal RecordTable(RecordColumns columns, IReadOnlyDictionary<string, string> space, SearchIndexOptions? options = null, int? tableRows = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        _vectors = new RecordVectors(columns, new SearchThreads((options ?? new SearchIndexOptions()).SearchThreads));
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

    /// <summary>The records as rows that are merged, copied and compared with their checksums, whatever they hold.</summary>
    internal IVectorTable<string> Rows => _table;

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

        return new RecordReading(reading, _vectors, _mayLack, space);
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
        IReadOnlyList<DenseColumn> columns = _vectors.Columns.Dense;
        DenseVector[] vectors = [.. columns.Zip(dense, (column, vector) => column.Create(vector, parameterName ?? nameof(dense)))];
        string[] lacking = [.. columns.Where((_, i) => dense[i] is null).Select(column => column.Name)];
        return new NewRecord(text, LackingVectors.AddTo(metadata, lacking), [.. sparse], vectors);
    }

    /// <summary>Closes the table. Readings under way end as they would have; all calls after this one throw.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        _table.Dispose();
    }

    private static RecordColumns ColumnsOf(int sparseColumns, IReadOnlyList<DenseColumn> denseColumns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sparseColumns);
        ArgumentNullException.ThrowIfNull(denseColumns);
        return new RecordColumns(
            sparseColumns, [.. denseColumns.Select(column => column with { Similarity = DenseSimilarity.Require(column.Similarity, nameof(denseColumns)) })]);
    }
}
