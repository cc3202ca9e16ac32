using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>A store inside the process, searched exactly. This form lives in memory and ends with the process.</summary>
/// <remarks>
/// Safe for concurrent use: readers never wait and each call reads one snapshot, which a write replaces as a whole. Ties are ordered
/// by insertion, and an upsert counts as one. The work is done on the calling thread, so the returned tasks are complete. All records
/// have vectors of the sizes of the first; a store that was emptied takes those of the next.
/// </remarks>
public sealed class EmbeddedHybridStore : IHybridStore
{
    private readonly DenseSimilarity _similarity;
    private readonly SnapshotTable<string, StoredRecord> _table =
        new(static (found, held, parameter) => found.RequireSameSpace(held, parameter));

    private EmbeddedHybridStore(DenseSimilarity similarity) => _similarity = similarity;

    /// <summary>Creates an empty store in memory.</summary>
    /// <param name="similarity">How dense vectors are compared. The default is the cosine, under which a zero vector is refused.</param>
    public static EmbeddedHybridStore CreateInMemory(DenseSimilarity similarity = DenseSimilarity.Cosine) => new(similarity);

    /// <inheritdoc/>
    /// <remarks>All records are put in at once: readers see all of them or none.</remarks>
    public Task UpsertAsync(IEnumerable<HybridRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Run(() => Upsert(records, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Run(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _table.Remove(ids, nameof(ids));
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run(() => Search(query, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Run(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _table.Current.TryGet(id, out StoredRecord? stored) ? stored.Record : null;
        });
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken = default) => Run(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (long)_table.Current.Count;
    });

    private int Upsert(IEnumerable<HybridRecord> records, CancellationToken cancellationToken)
    {
        var batch = new List<KeyValuePair<string, StoredRecord>>();
        foreach (HybridRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record is null)
            {
                throw new ArgumentException($"The record at position {batch.Count} is null.", nameof(records));
            }

            batch.Add(KeyValuePair.Create(record.Id, Stored(record, nameof(records))));
        }

        _table.Upsert(batch, nameof(records));
        return batch.Count;
    }

    private StoredRecord Stored(HybridRecord record, string parameter)
    {
        try
        {
            return new StoredRecord(record, _similarity, parameter);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Record '{record.Id}': {e.Message}", parameter, e);
        }
    }

    private IReadOnlyList<HybridHit> Search(HybridQuery query, CancellationToken cancellationToken)
    {
        query.RequireVectors(nameof(query));
        TableSnapshot<string, StoredRecord> table = _table.Current;
        int depth = query.Mode == SearchMode.Hybrid ? Math.Max(query.Depth, query.Top) : query.Top;
        var limits = new SearchLimits<string>(depth, null, cancellationToken);
        SearchHit<string>[]? sparse = query.Mode.UsesSparse() ? SearchSparse(table, query, limits) : null;
        SearchHit<string>[]? dense = query.Mode.UsesDense() ? SearchDense(table, query, limits) : null;
        HybridScoring? scoring = query.Mode == SearchMode.Hybrid ? Scoring(table, query) : null;
        return HybridRanking.Rank(sparse, dense, query.Top, id => table.ByKey[id].Value.Record, scoring);
    }

    // Ranks need no scores of what a side did not return.
    private HybridScoring Scoring(TableSnapshot<string, StoredRecord> table, HybridQuery query)
    {
        if (query.Fusion.Method == FusionMethod.ReciprocalRank)
        {
            return new HybridScoring(query.Fusion, Sparse: null, Dense: null);
        }

        float[] vector = DenseVector.CreateQuery(query.Dense!.Value.Span, _similarity, nameof(query));
        return new HybridScoring(
            query.Fusion,
            id => query.Sparse!.Dot(table.ByKey[id].Value.Record.Sparse),
            id => table.ByKey[id].Value.Dense.SimilarityTo(vector));
    }

    private static SearchHit<string>[] SearchSparse(TableSnapshot<string, StoredRecord> table, HybridQuery query, SearchLimits<string> limits) =>
        SparseScan.Search(table, static stored => stored.Record.Sparse, query.Sparse!, limits);

    private SearchHit<string>[] SearchDense(TableSnapshot<string, StoredRecord> table, HybridQuery query, SearchLimits<string> limits)
    {
        float[] vector = DenseVector.CreateQuery(query.Dense!.Value.Span, _similarity, nameof(query));
        return DenseScan.Search(table, static stored => stored.Dense, vector, limits);
    }

    // Done on the calling thread; what goes wrong comes with the task all the same, as callers of asynchronous stores expect.
    private static Task<T> Run<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (OperationCanceledException e) when (e.CancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(e.CancellationToken);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }
}
