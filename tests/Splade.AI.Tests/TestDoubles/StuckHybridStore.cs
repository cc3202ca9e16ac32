using Splade.AI.Hybrid;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>An empty store whose writes never end, unless they are cancelled.</summary>
internal sealed class StuckHybridStore(HybridSchema schema) : IHybridStore
{
    private readonly TaskCompletionSource _reached = new();

    /// <summary>Gets what ends when something is written.</summary>
    public Task Reached => _reached.Task;

    public HybridSchema Schema => schema;

    public HybridStoreFeatures Features => HybridStoreFeatures.All;

    public async Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default) => Task.FromResult(0L);

    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<HybridHit>>([]);

    public Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<HybridRecord>>([]);

    public Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default) => Task.FromResult(0L);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
