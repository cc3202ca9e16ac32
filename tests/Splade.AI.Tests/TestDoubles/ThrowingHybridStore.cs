using Splade.AI.Hybrid;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A store that is out of order.</summary>
internal sealed class ThrowingHybridStore(Exception exception) : IHybridStore
{
    public HybridStoreFeatures Features => HybridStoreFeatures.All;

    public Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default) => throw exception;

    public Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default) => throw exception;

    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default) =>
        Task.FromException<IReadOnlyList<HybridHit>>(exception);

    public Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default) => throw exception;

    public Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default) => throw exception;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
