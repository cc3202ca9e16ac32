using System.Runtime.CompilerServices;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;
using Splade.AI.Search.Segments;

namespace Splade.AI.Hybrid;

/// <content>Searching and listing.</content>
public sealed partial class EmbeddedHybridStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run(() => Search(query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HybridRecord> ListAsync(
        HybridListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        options = options?.Clone() ?? new HybridListOptions();
        using StateReading<string, StoredRecord> reading = _table.Read();
        IEnumerable<KeyValuePair<string, StoredRecord>> items = RecordRows.List(options.Filter, reading.State);
        items = RecordSort.Apply(options.Sort, items, cancellationToken).Skip(options.Skip).Take(options.Top ?? int.MaxValue);
        foreach ((string id, StoredRecord record) in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record.ToRecord(id);
        }
    }

    private IReadOnlyList<HybridHit> Search(HybridQuery query, CancellationToken cancellationToken)
    {
        query.RequireVectors(nameof(query));
        (StateReading<string, StoredRecord> opened, HybridModels? models) = Read(query.Models, nameof(query));
        using StateReading<string, StoredRecord> reading = opened;
        IndexState<string, StoredRecord> state = reading.State;
        bool isWeighed = _suppliesIdf || models?.Sparse?.RequiresIdf is true || query.Models?.Sparse?.RequiresIdf is true;
        SparseVector? asked = query.Mode.UsesSparse() && isWeighed ? _vectors.Weigh(state, column: 0, query.Sparse!) : query.Sparse;
        int depth = Math.Max(query.Candidates, query.Top);
        var limits = new SearchLimits<string>(query.Mode == SearchMode.Hybrid ? SideHits.Wanted(depth) : query.Top, null, cancellationToken);
        RowFilter<StoredRecord>? filter = query.Filter is null ? null : RecordRows.Find(query.Filter, state);
        SearchHit<string>[]? sparse = query.Mode.UsesSparse() ? _vectors.SearchSparse(state, 0, asked!, limits, filter, nameof(query)) : null;
        SearchHit<string>[]? dense = query.Mode.UsesDense() ? _vectors.SearchDense(state, 0, query.Dense!.Value.Span, limits, filter, nameof(query)) : null;
        Func<string, HybridRecord> recordOf = id => RecordOf(state, id);
        return sparse is not null && dense is not null
            ? HybridRanking.Fuse(SideHits.Cut(sparse, depth), SideHits.Cut(dense, depth), query.Top, recordOf, Scoring(state, query, asked!))
            : HybridRanking.Alone(sparse ?? dense!, isSparse: sparse is not null, recordOf);
    }

    /// <summary>The state to search, whose models are those of a query, and these as far as they are known.</summary>
    /// <exception cref="ArgumentException">They are others.</exception>
    private (StateReading<string, StoredRecord> Reading, HybridModels? Models) Read(HybridModels? models, string parameter)
    {
        // The models of a state are known before it is there, so they are its own if they did not change while it was read.
        HybridModels? known;
        StateReading<string, StoredRecord> reading;
        for (known = _models, reading = _table.Read(); !ReferenceEquals(known, _models); known = _models, reading = _table.Read())
        {
            reading.Dispose();
        }

        try
        {
            known ??= _givenModels;
            if (models is not null && reading.State.Count > 0)
            {
                known?.RequireSame(models, parameter);
            }

            return (reading, known);
        }
        catch
        {
            reading.Dispose();
            throw;
        }
    }

    private HybridScoring Scoring(IndexState<string, StoredRecord> state, HybridQuery query, SparseVector sparse)
    {
        float[] vector = DenseVector.CreateQuery(query.Dense!.Value.Span, _similarity, nameof(query));
        return new HybridScoring(
            query.Fusion,
            id => state.TryGet(id, out StoredRecord? stored) ? sparse.Dot(stored.Sparse) : null,
            id => state.TryGet(id, out StoredRecord? stored) ? stored.Dense.SimilarityTo(vector) : null);
    }
}
