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
        var batch = new List<KeyValuePair<string, StoredRecord>>();
        foreach (HybridRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record is null)
            {
                throw new ArgumentException($"The record at position {batch.Count} is null.", nameof(records));
            }

            batch.Add(KeyValuePair.Create(record.Id, new StoredRecord(record, _similarity, nameof(records))));
        }

        _table.Upsert(batch, nameof(records));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_table.Remove([.. ids]));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.RequireVectors(nameof(query));
        TableSnapshot<string, StoredRecord> table = _table.Current;
        int depth = query.Mode == SearchMode.Hybrid ? Math.Max(query.Depth, query.Top) : query.Top;
        var limits = new ScanLimits<string>(depth, null, cancellationToken);
        SearchHit<string>[]? sparse = query.Mode.UsesSparse() ? SearchSparse(table, query, limits) : null;
        SearchHit<string>[]? dense = query.Mode.UsesDense() ? SearchDense(table, query, limits) : null;
        return Task.FromResult(HybridRanking.Rank(sparse, dense, query.Top, id => table.ByKey[id].Value.Record));
    }

    /// <inheritdoc/>
    public Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_table.Current.TryGet(id, out StoredRecord? stored) ? stored.Record : null);
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<long>(_table.Current.Count);
    }

    private static SearchHit<string>[] SearchSparse(TableSnapshot<string, StoredRecord> table, HybridQuery query, ScanLimits<string> limits) =>
        SparseScan.Search(table, static stored => stored.Record.Sparse, query.Sparse!, limits);

    private SearchHit<string>[] SearchDense(TableSnapshot<string, StoredRecord> table, HybridQuery query, ScanLimits<string> limits)
    {
        float[] vector = DenseVector.CreateQuery(query.Dense!.Value.Span, _similarity, nameof(query));
        return DenseScan.Search(table, static stored => stored.Dense, vector, limits);
    }
}
