using Splade.AI.Telemetry;

namespace Splade.AI.Tests.Telemetry;

/// <summary>Nobody listens: that nothing is measured can only be seen while no other test listens.</summary>
[Collection(RunsAlone.Name)]
public sealed class SilentTelemetryTests
{
    [Fact]
    public async Task MeasureAsync_NobodyListens_OnlyCalls()
    {
        Assert.False(Instruments.WatchesCalls);
        Assert.False(BatchTelemetry.IsWatched);
        Task<int[]> call = Task.FromResult<int[]>([1]);
        Task<int[]> measured = new CallTelemetry("nobody").MeasureAsync<int>(
            EmbeddingInputType.Document, 1, () => call, _ => throw new InvalidOperationException("Nobody wants to know."));
        Assert.Same(call, measured);
        await measured;
    }
}
