using Splade.AI.Search;
using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Hybrid.Storage;

/// <summary>The vectors of records, column by column: searches them, and compares their sizes. Safe for concurrent use.</summary>
/// <param name="columns">Which vectors the records have.</param>
/// <param name="threads">Who searches.</param>
internal sealed class RecordVectors(RecordColumns columns, SearchThreads threads)
{
    private readonly VectorAccess<StoredRecord, SparseVector, SparseSegment>[] _sparse = [.. Enumerable.Range(0, columns.Sparse).Select(RecordSegments.SparseColumn)];
    private readonly VectorAccess<StoredRecord, DenseVector, DenseSegment>[] _dense = [.. Enumerable.Range(0, columns.Dense.Count).Select(RecordSegments.DenseColumn)];

    /// <summary>Which vectors the records have.</summary>
    public RecordColumns Columns => columns;

    /// <summary>The records with the highest scores above 0 in a sparse column, best first.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions than the column.</exception>
    public SearchHit<string>[] SearchSparse(
        IndexState<string, StoredRecord> state, int column, SparseVector query, SearchLimits<string> limits, RowFilter<StoredRecord>? filter, string parameter)
    {
        if (SparseDimensions(state, column) is not int dimensions)
        {
            return [];
        }

        DimensionGuard.RequireEqual(query.Dimensions, dimensions, parameter);
        SearchLimits<string> above0 = limits with { MinimumScore = float.Epsilon };
        return query.Count == 0 ? [] : threads.Run(
            mayShare: true,
            count => new SparseSearch<string, StoredRecord>(state, _sparse[column], query, above0, filter).Run(count),
            limits.CancellationToken);
    }

    /// <summary>A query of a sparse column, multiplied by the inverse document frequencies of a state.</summary>
    public SparseVector Weigh(IndexState<string, StoredRecord> state, int column, SparseVector query) =>
        DocumentFrequencies.Weigh(state, _sparse[column], query);

    /// <summary>The inverse document frequencies of positions of a sparse column.</summary>
    public float[] IdfOf(IndexState<string, StoredRecord> state, int column, IReadOnlyList<int> positions) =>
        DocumentFrequencies.Of(state, _sparse[column], positions);

    /// <summary>The records with the highest scores in a dense column, best first.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions than the column, or cannot be searched with.</exception>
    public SearchHit<string>[] SearchDense(
        IndexState<string, StoredRecord> state, int column, ReadOnlySpan<float> query, SearchLimits<string> limits, RowFilter<StoredRecord>? filter, string parameter)
    {
        float[] vector = DenseVector.CreateQuery(query, columns.Dense[column].Similarity, parameter);
        if (DenseDimensions(state, column) is not int dimensions)
        {
            return [];
        }

        DimensionGuard.RequireEqual(vector.Length, dimensions, parameter);
        return threads.Run(
            mayShare: true,
            count => new DenseSearch<string, StoredRecord>(state, _dense[column], vector, limits, filter).Run(count),
            limits.CancellationToken);
    }

    /// <exception cref="ArgumentException">A record has more or fewer vectors than there are columns.</exception>
    public void RequireColumns(int sparse, int dense, string parameter)
    {
        if (sparse != _sparse.Length || dense != _dense.Length)
        {
            throw new ArgumentException(
                $"Found {sparse} sparse and {dense} dense vectors, expected {_sparse.Length} and {_dense.Length}: one for each column.", parameter);
        }
    }

    /// <summary>Compares the sizes of vectors with those that a state has, or with those of the first record.</summary>
    /// <exception cref="ArgumentException">A vector has another size.</exception>
    public void RequireFit(IndexState<string, StoredRecord> state, IReadOnlyList<KeyValuePair<string, StoredRecord>> records, string parameter)
    {
        for (int column = 0; column < _sparse.Length; column++)
        {
            int expected = SparseDimensions(state, column) ?? records[0].Value.SparseAt(column).Dimensions;
            foreach ((_, StoredRecord record) in records)
            {
                DimensionGuard.RequireEqual(record.SparseAt(column).Dimensions, expected, parameter);
            }
        }

        for (int column = 0; column < _dense.Length; column++)
        {
            int expected = DenseDimensions(state, column) ?? records[0].Value.DenseAt(column).Dimensions;
            foreach ((_, StoredRecord record) in records)
            {
                DimensionGuard.RequireEqual(record.DenseAt(column).Dimensions, expected, parameter);
            }
        }
    }

    /// <summary>The size of the vectors of a sparse column; null if there are none.</summary>
    public int? SparseDimensions(IndexState<string, StoredRecord> state, int column) =>
        state.Parts.Count > 0 ? _sparse[column].Segment(state.Parts[0].Segment).Dimensions : state.Tail.AnyValue?.SparseAt(column).Dimensions;

    /// <summary>The size of the vectors of a dense column; null if there are none.</summary>
    public int? DenseDimensions(IndexState<string, StoredRecord> state, int column) =>
        state.Parts.Count > 0 ? _dense[column].Segment(state.Parts[0].Segment).Dimensions : state.Tail.AnyValue?.DenseAt(column).Dimensions;
}
