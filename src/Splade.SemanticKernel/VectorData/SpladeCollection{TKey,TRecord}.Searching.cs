using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.SemanticKernel.VectorData;

/// <content>Searching.</content>
public partial class SpladeCollection<TKey, TRecord>
{
    private const string SearchOperation = "Search";

    /// <inheritdoc/>
    /// <remarks>
    /// The value is a vector of the property's kind, or what its generator makes a query vector of. Of sparse vectors only those are found that share a
    /// dimension with the query. A score that is a similarity reaches the threshold; one that is a distance stays at it or below.
    /// </remarks>
    /// <exception cref="NotSupportedException">The value is no vector and nothing makes one of it, or vectors are asked for that a generator made.</exception>
    /// <exception cref="InvalidOperationException">The generator takes no such value, or the property is not said and there are several.</exception>
    /// <exception cref="VectorStoreException">There is no such collection, its vectors come from other models, or it could not be read.</exception>
    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new VectorSearchOptions<TRecord>();
        RequireNoVectors(options.IncludeVectors);
        VectorColumn column = ColumnOf(_schema.Model.GetVectorPropertyOrSingle(options));
        RecordFilter<TRecord> filter = Translate(options.Filter);
        Embedding query = await VectorEncoder.EncodeQueryAsync(column, searchValue, cancellationToken).ConfigureAwait(false);
        ColumnTable table = await TableAsync(VectorEncoder.IsVector(searchValue) ? [] : [column], cancellationToken).ConfigureAwait(false);
        using ColumnReading reading = _table.Read(table, SearchOperation);
        SearchHit<string>[] hits = await VectorStoreErrors.RunAsync(
            Name,
            SearchOperation,
            waits: true,
            () => Search(reading, column, query, filter.Find(reading, cancellationToken), Wanted(top, options.Skip), nameof(searchValue), cancellationToken),
            cancellationToken).ConfigureAwait(false);
        foreach (VectorSearchResult<TRecord> result in VectorStoreErrors.Run(Name, SearchOperation, hits.Skip(options.Skip)
            .Select(hit => new VectorSearchResult<TRecord>(_mapper.ToRecord(reading.Get(hit.Key)!, options.IncludeVectors), column.ToScore(hit.Score)))
            .TakeWhile(result => column.Reaches(result.Score!.Value, options.ScoreThreshold))))
        {
            yield return result;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The keywords, joined to a text, become the sparse query vector of a full-text property; both rankings are fused as
    /// <see cref="SpladeCollectionOptions.Fusion"/> says. The score is the fused one, of which more is better; a record that only one side finds is a
    /// result too.
    /// </remarks>
    /// <exception cref="NotSupportedException">The value is no vector and nothing makes one of it, or vectors are asked for that a generator made.</exception>
    /// <exception cref="InvalidOperationException">The generator takes no such value, or a property is not said and there are several.</exception>
    /// <exception cref="VectorStoreException">There is no such collection, its vectors come from other models, or it could not be read.</exception>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(
        TInput searchValue,
        ICollection<string> keywords,
        int top,
        HybridSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new HybridSearchOptions<TRecord>();
        RequireNoVectors(options.IncludeVectors);
        VectorColumn column = ColumnOf(_schema.Model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = options.VectorProperty }));
        VectorColumn text = ColumnOf(_schema.Model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty));
        RecordFilter<TRecord> filter = Translate(options.Filter);
        Embedding query = await VectorEncoder.EncodeQueryAsync(column, searchValue, cancellationToken).ConfigureAwait(false);
        Embedding words = await VectorEncoder.EncodeQueryAsync(text, string.Join(' ', keywords), cancellationToken).ConfigureAwait(false);
        ColumnTable table = await TableAsync(VectorEncoder.IsVector(searchValue) ? [text] : [text, column], cancellationToken).ConfigureAwait(false);
        using ColumnReading reading = _table.Read(table, SearchOperation);
        IReadOnlyList<SearchHit<string>> hits = await VectorStoreErrors.RunAsync(
            Name,
            SearchOperation,
            waits: true,
            () =>
            {
                // Whatever is skipped, so that all pages of one size are cut from one ranking.
                int depth = Math.Max(top, _options.Depth);
                RowFilter<StoredRecord>? rows = filter.Find(reading, cancellationToken);
                SearchHit<string>[] sparse = Search(reading, text, words, rows, SideHits.Wanted(depth), nameof(keywords), cancellationToken);
                SearchHit<string>[] dense = Search(reading, column, query, rows, SideHits.Wanted(depth), nameof(searchValue), cancellationToken);
                var scoring = new HybridScoring(_options.Fusion, Scorer(reading, text, words), Scorer(reading, column, query));
                return scoring.Fusion.Fuse(scoring.Candidates(SideHits.Cut(sparse, depth), SideHits.Cut(dense, depth)));
            },
            cancellationToken).ConfigureAwait(false);
        foreach (VectorSearchResult<TRecord> result in VectorStoreErrors.Run(Name, SearchOperation, hits.Skip(options.Skip).Take(top)
            .TakeWhile(hit => options.ScoreThreshold is not double threshold || hit.Score >= threshold)
            .Select(hit => new VectorSearchResult<TRecord>(_mapper.ToRecord(reading.Get(hit.Key)!, options.IncludeVectors), hit.Score))))
        {
            yield return result;
        }
    }

    private static int Wanted(int top, int skip) => (int)Math.Min(int.MaxValue, (long)top + skip);

    private VectorColumn ColumnOf(object property) => _schema.Columns.First(column => column.Property == property);

    // Only models that made a query vector are asked who they are: others need not be loaded for the search.
    private async Task<ColumnTable> TableAsync(VectorColumn[] encoded, CancellationToken cancellationToken)
    {
        ColumnTable table = await _table.GetAsync(SearchOperation, cancellationToken).ConfigureAwait(false);
        if (encoded.Length > 0)
        {
            _table.RequireModels(table, encoded, SearchOperation);
        }

        return table;
    }

    private static SearchHit<string>[] Search(
        ColumnReading reading,
        VectorColumn column,
        Embedding query,
        RowFilter<StoredRecord>? rows,
        int top,
        string parameter,
        CancellationToken cancellationToken)
    {
        if (column.IsSparse)
        {
            return reading.SearchSparse(column.Index, SparseOf(column, query), top, rows, parameter, cancellationToken);
        }

        RowFilter<StoredRecord> having = reading.Find(LackingVectors.Excluded(column));
        return reading.SearchDense(column.Index, DenseOf(column, query).Span, top, rows is null ? having : rows.And(having), parameter, cancellationToken);
    }

    /// <summary>What scores a record that the other side found; null if it has no vector.</summary>
    private static Func<string, float?> Scorer(ColumnReading reading, VectorColumn column, Embedding query)
    {
        if (column.IsSparse)
        {
            SparseVector sparse = SparseOf(column, query);
            return id => reading.Get(id)?.SparseAt(column.Index) is SparseVector vector ? sparse.Dot(vector) : null;
        }

        var dense = new Lazy<float[]>(() => DenseVector.CreateQuery(DenseOf(column, query).Span, column.Similarity, nameof(query)));
        return id => reading.Get(id) is StoredRecord row && LackingVectors.Has(row, column) ? row.DenseAt(column.Index).SimilarityTo(dense.Value) : null;
    }

    private static SparseVector SparseOf(VectorColumn column, Embedding query) =>
        query is SparseEmbedding sparse ? sparse.Vector : throw Foreign(column, query);

    private static ReadOnlyMemory<float> DenseOf(VectorColumn column, Embedding query) =>
        query is Embedding<float> dense ? dense.Vector : throw Foreign(column, query);

    private static InvalidOperationException Foreign(VectorColumn column, Embedding query) => new(
        $"Found a query vector of type {query.GetType().Name} for property '{column.Property.ModelName}', "
        + $"whose vectors are {(column.IsSparse ? "sparse" : "dense")}.");
}
