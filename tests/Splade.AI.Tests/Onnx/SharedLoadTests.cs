using Splade.AI.Onnx;

namespace Splade.AI.Tests.Onnx;

public sealed class SharedLoadTests
{
    private int _loads;

    [Fact]
    public async Task GetAsync_SixteenWhileItLoads_ShareOneLoad()
    {
        using var gate = new ManualResetEventSlim();
        var sut = new SharedLoad<object>(() =>
        {
            Interlocked.Increment(ref _loads);
            gate.Wait();
            return new object();
        });
        Assert.Null(sut.Loaded);
        Task<object>[] callers = new Task<object>[16];
        Parallel.For(0, callers.Length, i => callers[i] = sut.GetAsync());
        Assert.Null(sut.Loaded);
        gate.Set();
        object[] loaded = await Task.WhenAll(callers);
        Assert.All(loaded, l => Assert.Same(sut.Loaded, l));
        Assert.Same(sut.Loaded, await sut.GetAsync());
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task GetAsync_AfterALoadThatFailed_LoadsAgainUntilOneSucceeds()
    {
        var sut = new SharedLoad<string>(() => ++_loads switch
        {
            1 => throw new SpladeModelException("cut short", "model"),
            2 => throw new OperationCanceledException("not asked for"),
            _ => "loaded",
        });
        await Assert.ThrowsAsync<SpladeModelException>(sut.GetAsync);
        Assert.Null(sut.Loaded);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(sut.GetAsync);
        Assert.Equal(("loaded", "loaded", "loaded", 3), (await sut.GetAsync(), await sut.GetAsync(), sut.Loaded, _loads));
    }

    [Fact]
    public async Task GetAsync_SixteenWhileItFails_AllFailOnce()
    {
        using var gate = new ManualResetEventSlim();
        var sut = new SharedLoad<object>(() =>
        {
            Interlocked.Increment(ref _loads);
            gate.Wait();
            throw new SpladeModelException("cut short", "model");
        });
        Task<object>[] callers = [.. Enumerable.Range(0, 16).Select(_ => sut.GetAsync())];
        gate.Set();
        foreach (Task<object> caller in callers)
        {
            await Assert.ThrowsAsync<SpladeModelException>(() => caller);
        }

        Assert.Equal(1, _loads);
    }
}
