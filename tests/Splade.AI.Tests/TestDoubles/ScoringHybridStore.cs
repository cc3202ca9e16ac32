using Splade.AI.Hybrid;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A store that finds the same hits whatever is asked.</summary>
internal sealed class ScoringHybridStore(IReadOnlyList<HybridHit> hits) : IHybridStore
{
    public Task UpsertAsync(IEnumerable<HybridRecord> records, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<int> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default) => Task.FromResult(hits);

    public Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default) =>
        Task.FromResult(hits.Select(hit => hit.Record).FirstOrDefault(record => record.Id == id));

    public Task<long> CountAsync(CancellationToken cancellationToken = default) => Task.FromResult((long)hits.Count);
}
