using Splade.AI.Search;
using Splade.AI.Search.Segments;

namespace Splade.AI.Hybrid.Storage;

/// <summary>What a <see cref="ColumnTable"/> holds at one moment. Later writes do not show. Safe for concurrent use until it is disposed.</summary>
/// <param name="reading">The state.</param>
/// <param name="vectors">Searches the vectors.</param>
/// <param name="space">What is known of all its records.</param>
internal sealed class ColumnReading(StateReading<string, StoredRecord> reading, RecordVectors vectors, IReadOnlyDictionary<string, string> space) : IDisposable
{
    private bool _isDisposed;

    /// <summary>What is known of all records: what the table remembered at that moment, or nothing if that has just changed.</summary>
    public IReadOnlyDictionary<string, string> Space => space;

    /// <summary>How many records there are.</summary>
    public int Count => reading.State.Count;

    /// <summary>The size of the vectors of a sparse column; null if there are none.</summary>
    public int? SparseDimensions(int column) => vectors.SparseDimensions(reading.State, column);

    /// <summary>The record of an id; null if there is none.</summary>
    public StoredRecord? Get(string id) => reading.State.TryGet(id, out StoredRecord? record) ? record : null;

    /// <summary>The records that a filter matches, by insertion; without a filter all.</summary>
    /// <param name="filter">The filter; null for none.</param>
    /// <param name="ids">The ids that come into question; null for all.</param>
    public IEnumerable<KeyValuePair<string, StoredRecord>> List(MetadataFilter? filter, IReadOnlySet<string>? ids = null) =>
        RecordRows.List(filter, reading.State, ids);

    /// <summary>Finds out which records may be hits of a search, once for all its sides.</summary>
    /// <param name="filter">What their metadata has to match.</param>
    /// <param name="condition">What else has to hold of a record, which is asked of each once; null for nothing.</param>
    /// <param name="ids">The ids that come into question; null for all.</param>
    public RowFilter<StoredRecord> Find(MetadataFilter filter, Func<StoredRecord, bool>? condition = null, IReadOnlySet<string>? ids = null) =>
        RecordRows.Find(filter, reading.State, condition, ids);

    /// <summary>The records with the highest scores above 0 in a sparse column, best first.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions than the column.</exception>
    public SearchHit<string>[] SearchSparse(
        int column, SparseVector query, int top, RowFilter<StoredRecord>? filter, string parameter, CancellationToken cancellationToken) =>
        vectors.SearchSparse(reading.State, column, query, new SearchLimits<string>(top, null, cancellationToken), filter, parameter);

    /// <summary>The records with the highest scores in a dense column, best first.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions than the column, or cannot be searched with.</exception>
    public SearchHit<string>[] SearchDense(
        int column, ReadOnlySpan<float> query, int top, RowFilter<StoredRecord>? filter, string parameter, CancellationToken cancellationToken) =>
        vectors.SearchDense(reading.State, column, query, new SearchLimits<string>(top, null, cancellationToken), filter, parameter);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            reading.Dispose();
        }
    }
}
