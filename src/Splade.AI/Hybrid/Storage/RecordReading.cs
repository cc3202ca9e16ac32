using Microsoft.Extensions.AI;
using Splade.AI.Search;
using Splade.AI.Search.Segments;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Represents what a <see cref="RecordTable"/> holds at one moment, or a part of it. Later writes do not show.</summary>
/// <remarks>Safe for concurrent use until it is disposed.</remarks>
public sealed class RecordReading : IDisposable
{
    private readonly StateReading<string, StoredRecord> _reading;
    private readonly RecordVectors _vectors;
    private readonly bool _mayLack;

    /// <summary>The rows of a part; null for all, of which the state is given back.</summary>
    private readonly RowFilter<StoredRecord>? _rows;
    private bool _isDisposed;

    internal RecordReading(
        StateReading<string, StoredRecord> reading,
        RecordVectors vectors,
        bool mayLack,
        IReadOnlyDictionary<string, string> space,
        RowFilter<StoredRecord>? rows = null)
    {
        (_reading, _vectors, _mayLack, _rows) = (reading, vectors, mayLack, rows);
        EmbeddingSpace = space;
    }

    /// <summary>Gets what is known of all records: what the table remembered at that moment.</summary>
    public IReadOnlyDictionary<string, string> EmbeddingSpace { get; }

    /// <summary>Gets the number of all records.</summary>
    public int Count => _reading.State.Count;

    /// <summary>Gets the size of the vectors of a sparse column.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The size; null if there are no records.</returns>
    public int? GetSparseDimensions(int column) => _vectors.SparseDimensions(_reading.State, column);

    /// <summary>Gets a record by its id, of the whole table.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The record; null if there is none.</returns>
    public StoredRecord? Get(string id) => _reading.State.TryGet(id, out StoredRecord? record) ? record : null;

    /// <summary>Lists records of the whole table by insertion, as far as they are asked for.</summary>
    /// <param name="filter">What their metadata has to match; null for all.</param>
    /// <param name="ids">The ids that come into question; null for all.</param>
    /// <returns>The records by their ids.</returns>
    public IEnumerable<KeyValuePair<string, StoredRecord>> List(MetadataFilter? filter = null, IReadOnlySet<string>? ids = null) =>
        RecordRows.List(filter, _reading.State, ids);

    /// <summary>Finds out which records may be hits, once for all searches in them.</summary>
    /// <param name="filter">What their metadata has to match.</param>
    /// <param name="condition">What else has to hold of a record, which is asked of each once; null for nothing.</param>
    /// <param name="ids">The ids that come into question; null for all.</param>
    /// <returns>A part of the table, which lives as long as this object and need not be disposed of.</returns>
    public RecordReading Where(MetadataFilter filter, Func<StoredRecord, bool>? condition = null, IReadOnlySet<string>? ids = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new RecordReading(_reading, _vectors, _mayLack, EmbeddingSpace, And(RecordRows.Find(filter, _reading.State, condition, ids)));
    }

    /// <summary>
    /// Multiplies the weights of a query by the inverse document frequencies of a sparse column in the whole table, for an encoder that requires it.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="query">The query.</param>
    /// <returns>The query to search and to score with. <see cref="SearchIndexOptions.SuppliesIdf"/> has the formula.</returns>
    public SparseVector WeighByIdf(int column, SparseVector query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _vectors.Weigh(_reading.State, column, query);
    }

    /// <summary>Finds the records with the highest scores in a column: a sparse one above 0, a dense one of all that have a vector there.</summary>
    /// <param name="column">The column, of the kind that the query is.</param>
    /// <param name="query">The query: a <see cref="SparseEmbedding"/>, or an <see cref="Embedding{T}"/> of floats.</param>
    /// <param name="top">How many at most.</param>
    /// <param name="parameterName">What exceptions call the query; null for its own name.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>Ids and scores, best first.</returns>
    /// <exception cref="ArgumentException">The query has other dimensions than the column, or cannot be searched with.</exception>
    public IReadOnlyList<SearchHit<string>> Search(
        int column, Embedding query, int top, string? parameterName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        string parameter = parameterName ?? nameof(query);
        var limits = new SearchLimits<string>(top, null, cancellationToken);
        return query switch
        {
            SparseEmbedding sparse => _vectors.SearchSparse(_reading.State, column, sparse.Vector, limits, _rows, parameter),
            Embedding<float> dense => _vectors.SearchDense(_reading.State, column, dense.Vector.Span, limits, HavingVector(column), parameter),
            _ => throw NoQuery(query, parameter),
        };
    }

    /// <summary>Creates what scores single records in a column.</summary>
    /// <param name="column">The column, of the kind that the query is.</param>
    /// <param name="query">The query: a <see cref="SparseEmbedding"/>, or an <see cref="Embedding{T}"/> of floats.</param>
    /// <returns>Gives the score of an id; null if there is no such record, or it has no vector there.</returns>
    /// <exception cref="ArgumentException">The query cannot be searched with.</exception>
    public Func<string, float?> CreateScorer(int column, Embedding query)
    {
        switch (query)
        {
            case SparseEmbedding sparse:
                return id => Get(id)?.SparseAt(column) is SparseVector vector ? sparse.Vector.Dot(vector) : null;
            case Embedding<float> dense:
                float[] values = DenseVector.CreateQuery(dense.Vector.Span, _vectors.Columns.Dense[column].Similarity, nameof(query));
                return id => Get(id)?.DenseAt(column) is { IsNone: false } vector ? vector.SimilarityTo(values) : null;
            default:
                throw NoQuery(query, nameof(query));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed && _rows is null)
        {
            _isDisposed = true;
            _reading.Dispose();
        }
    }

    /// <summary>The size of the vectors of a dense column; null if there are no records.</summary>
    internal int? GetDenseDimensions(int column) => _vectors.DenseDimensions(_reading.State, column);

    /// <summary>How many records of the whole table a filter matches.</summary>
    internal long CountOf(MetadataFilter filter) => RecordRows.Count(filter, _reading.State);

    /// <summary>The records of the whole table that a filter matches, by insertion, from the one after an id on.</summary>
    /// <exception cref="ArgumentException">There is no record of that id.</exception>
    internal IEnumerable<KeyValuePair<string, StoredRecord>> ListAfter(string? after, MetadataFilter? filter) =>
        RecordRows.List(filter, _reading.State, after: after);

    /// <summary>The inverse document frequencies of positions of a sparse column in the whole table.</summary>
    internal float[] IdfOf(int column, IReadOnlyList<int> positions) => _vectors.IdfOf(_reading.State, column, positions);

    private RowFilter<StoredRecord>? HavingVector(int column) => _mayLack && LackingVectors.AreIn(_reading.State)
        ? And(RecordRows.Find(LackingVectors.Excluded(_vectors.Columns.Dense[column].Name), _reading.State))
        : _rows;

    private RowFilter<StoredRecord> And(RowFilter<StoredRecord> rows) => _rows is null ? rows : _rows.And(rows);

    private static ArgumentException NoQuery(Embedding? query, string parameter) => new(
        $"Found a query of type {query?.GetType().Name ?? "null"}, expected a {nameof(SparseEmbedding)} or an Embedding<float>.", parameter);
}
