using Splade.AI.Hybrid;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A store that finds the same hits whatever is asked.</summary>
internal sealed class ScoringHybridStore(IReadOnlyList<HybridHit> hits) : IHybridStore
{
    public HybridStoreFeatures Features { get; } = new() { SuppliesIdf = false };

    public Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default) => Task.FromResult(hits);

    public Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<HybridRecord>>([.. hits.Select(hit => hit.Record).Where(record => ids.Contains(record.Id))]);

    public Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default) => Task.FromResult((long)hits.Count);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
