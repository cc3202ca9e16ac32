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
    /// dimension with the query; where their generator requires it (<see cref="SparseModelIdentity.RequiresIdf"/>), the query is multiplied by the inverse
    /// document frequency of the whole collection, whatever the filter is. A score that is a similarity reaches the threshold; one that is a distance
    /// stays at it or below.
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
        RecordTable table = await TableAsync(VectorEncoder.IsVector(searchValue) ? [] : [column], cancellationToken).ConfigureAwait(false);
        using RecordReading reading = _table.Read(table, SearchOperation);
        IReadOnlyList<SearchHit<string>> hits = await VectorStoreErrors.RunAsync(
            Name,
            SearchOperation,
            waits: true,
            () => Search(
                filter.Find(reading, cancellationToken),
                column,
                Weigh(reading, column, query, !VectorEncoder.IsVector(searchValue)),
                Wanted(top, options.Skip),
                nameof(searchValue),
                cancellationToken),
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
        RecordTable table = await TableAsync(VectorEncoder.IsVector(searchValue) ? [text] : [text, column], cancellationToken).ConfigureAwait(false);
        using RecordReading reading = _table.Read(table, SearchOperation);
        IReadOnlyList<(string Id, FusionExplanation Fusion)> places = await VectorStoreErrors.RunAsync(
            Name,
            SearchOperation,
            waits: true,
            () =>
            {
                RecordReading found = filter.Find(reading, cancellationToken);
                CandidateLeg<string> sparse = Leg(found, text, Weigh(reading, text, words, isEncoded: true), nameof(keywords));
                CandidateLeg<string> dense = Leg(found, column, Weigh(reading, column, query, !VectorEncoder.IsVector(searchValue)), nameof(searchValue));
                return _options.Fusion.Rank(
                    [sparse, dense with { Name = HybridSchema.DenseName, Kind = VectorKind.Dense }], Wanted(top, options.Skip));
            },
            cancellationToken).ConfigureAwait(false);
        foreach (VectorSearchResult<TRecord> result in VectorStoreErrors.Run(Name, SearchOperation, places.Skip(options.Skip)
            .TakeWhile(place => options.ScoreThreshold is not double threshold || place.Fusion.Score >= threshold)
            .Select(place => new VectorSearchResult<TRecord>(_mapper.ToRecord(reading.Get(place.Id)!, options.IncludeVectors), place.Fusion.Score))))
        {
            yield return result;
        }

        CandidateLeg<string> Leg(RecordReading found, VectorColumn of, Embedding vector, string parameter)
        {
            // Whatever is skipped, so that all pages of one size are cut from one ranking. One more tells whether the last one is tied.
            int depth = Math.Max(top, _options.Candidates);
            IReadOnlyList<SearchHit<string>> hits = Search(found, of, vector, Wanted(depth, 1), parameter, cancellationToken);
            return new CandidateLeg<string>(HybridSchema.SparseName, VectorKind.Sparse, hits, reading.CreateScorer(of.Index, vector)).Cut(depth);
        }
    }

    private static int Wanted(int top, int skip) => (int)Math.Min(int.MaxValue, (long)top + skip);

    private VectorColumn ColumnOf(object property) => _schema.Columns.First(column => column.Property == property);

    // Only models that made a query vector are asked who they are: others need not be loaded for the search.
    private async Task<RecordTable> TableAsync(VectorColumn[] encoded, CancellationToken cancellationToken)
    {
        RecordTable table = await _table.GetAsync(SearchOperation, cancellationToken).ConfigureAwait(false);
        if (encoded.Length > 0)
        {
            _table.RequireModels(table, encoded, SearchOperation);
        }

        return table;
    }

    private static Embedding Weigh(RecordReading reading, VectorColumn column, Embedding query, bool isEncoded) =>
        query is SparseEmbedding sparse && column.RequiresIdf(reading.EmbeddingSpace, isEncoded)
            ? new SparseEmbedding(reading.WeighByIdf(column.Index, sparse.Vector))
            : query;

    private static IReadOnlyList<SearchHit<string>> Search(
        RecordReading reading, VectorColumn column, Embedding query, int top, string parameter, CancellationToken cancellationToken) =>
        column.IsSparse == query is SparseEmbedding && query is SparseEmbedding or Embedding<float>
            ? reading.Search(column.Index, query, top, parameter, cancellationToken)
            : throw Foreign(column, query);

    private static InvalidOperationException Foreign(VectorColumn column, Embedding query) => new(
        $"Found a query vector of type {query.GetType().Name} for property '{column.Property.ModelName}', "
        + $"whose vectors are {(column.IsSparse ? "sparse" : "dense")}.");
}
