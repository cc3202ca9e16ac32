namespace Splade.AI.Tests.Engine;

/// <summary>Cancelling, disposing, and both while calls are in flight.</summary>
public sealed class SpladeEngineLifetimeTests
{
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("retrieval", 600));

    [Fact]
    public async Task EncodeAsync_TokenCancelledBefore_ThrowsWithThatToken()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.EncodeAsync(["a"], cancellationToken: source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public async Task EncodeAsync_CancelledMidway_ThrowsAndLeavesTheEngineUsable()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        using var source = new CancellationTokenSource();
        Task<IReadOnlyList<SpladeEncoding>> work = engine.EncodeAsync(Enumerable.Repeat(LongText, 2000), cancellationToken: source.Token);
        await Task.Delay(200);
        await source.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Single(await engine.EncodeAsync(["still here"]));
    }

    [Fact]
    public async Task EncodeAsync_OneOfTwoCallersCancels_TheOtherIsServed()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        using var source = new CancellationTokenSource();
        Task<IReadOnlyList<SpladeEncoding>> cancelled = engine.EncodeAsync(Enumerable.Repeat(LongText, 500), cancellationToken: source.Token);
        Task<IReadOnlyList<SpladeEncoding>> served = engine.EncodeAsync(Enumerable.Repeat(LongText, 20));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(20, (await served).Count);
    }

    [Fact]
    public async Task DisposeAsync_CallsInFlight_AreServedAndLaterOnesRefused()
    {
        SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        Task<IReadOnlyList<SpladeEncoding>>[] calls = Enumerable.Range(0, 16).Select(_ => engine.EncodeAsync([LongText, "short"])).ToArray();
        await engine.DisposeAsync();
        Assert.All(await Task.WhenAll(calls), served => Assert.Equal(2, served.Count));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.EncodeAsync(["late"]));
    }

    [Fact]
    public async Task DisposeAsync_ManyAtOnceWithACallInFlight_AllEndAfterTheCall()
    {
        for (int round = 0; round < 5; round++)
        {
            SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
            Task<IReadOnlyList<SpladeEncoding>> call = engine.EncodeAsync([LongText, LongText]);
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => engine.DisposeAsync().AsTask()));
            Assert.Equal(2, (await call).Count);
        }
    }

    [Fact]
    public async Task EncodeAsync_Returns_BeforeTheWorkIsDone()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        Task<IReadOnlyList<SpladeEncoding>> work = engine.EncodeAsync(Enumerable.Repeat(LongText, Trials.Of(12, slow: 40)));
        Assert.False(work.IsCompleted);
        await work;
    }

    [Fact]
    public async Task Dispose_Repeated_DoesNothing()
    {
        SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        engine.Dispose();
        engine.Dispose();
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task CreateAsync_TokenCancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SpladeEngine.CreateAsync(EngineFixture.ModelFolder, source.Token));
    }

    [Fact]
    public async Task EncodeAsync_SixtyFourConcurrentCallers_AllServed()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        float[] scores = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            SpladeEncoding encoding = (await engine.EncodeAsync([i % 2 == 0 ? "the red planet" : LongText]))[0];
            return encoding.Vector.Norm;
        }));
        Assert.All(scores, (score, i) => Assert.Equal(scores[i % 2], score, 1e-4f));
    }
}
