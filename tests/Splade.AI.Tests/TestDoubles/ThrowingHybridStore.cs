using Splade.AI.Hybrid;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A store that is out of order.</summary>
internal sealed class ThrowingHybridStore(Exception exception) : IHybridStore
{
    public Task UpsertAsync(IEnumerable<HybridRecord> records, CancellationToken cancellationToken = default) => throw exception;

    public Task<int> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default) => throw exception;

    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default) =>
        Task.FromException<IReadOnlyList<HybridHit>>(exception);

    public Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default) => throw exception;

    public Task<long> CountAsync(CancellationToken cancellationToken = default) => throw exception;
}
