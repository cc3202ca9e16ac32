using Splade.AI.DependencyInjection;

namespace Splade.AI.Tests.DependencyInjection;

public sealed class OwnedLoadTests
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _loads;

    [Fact]
    public async Task GetAsync_SixtyFourAtOnce_LoadOnce()
    {
        await using OwnedLoad<Owned> sut = CreateSut();
        Task<Owned>[] callers = [.. Enumerable.Range(0, 64).Select(_ => Task.Run(() => sut.GetAsync()))];
        Assert.Null(sut.Loaded);
        _gate.SetResult();
        Owned[] loaded = await Task.WhenAll(callers);
        Assert.All(loaded, l => Assert.Same(sut.Get(), l));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task GetAsync_OneCallerGivesUp_TheLoadGoesOnForTheOthers()
    {
        await using OwnedLoad<Owned> sut = CreateSut();
        using var impatient = new CancellationTokenSource();
        Task<Owned> first = sut.GetAsync(impatient.Token);
        Task<Owned> second = sut.GetAsync();
        await impatient.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(impatient.Token, error.CancellationToken);
        _gate.SetResult();
        Assert.Same(await second, sut.Loaded);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task DisposeAsync_WhileItLoads_WaitsAndDisposesOnce()
    {
        OwnedLoad<Owned> sut = CreateSut();
        Task<Owned> caller = sut.GetAsync();
        Task[] closing = [.. Enumerable.Range(0, 8).Select(_ => sut.DisposeAsync().AsTask())];
        Assert.All(closing, c => Assert.False(c.IsCompleted));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.GetAsync());
        _gate.SetResult();
        await Task.WhenAll(closing);
        sut.Dispose();
        Assert.Equal((1, 1), ((await caller).Disposals, _loads));
    }

    [Fact]
    public async Task DisposeAsync_NothingLoaded_LoadsNothing()
    {
        OwnedLoad<Owned> sut = CreateSut();
        await sut.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.GetAsync());
        Assert.Equal(0, _loads);
    }

    [Fact]
    public async Task DisposeAsync_LoadThatFailed_HasNothingToDispose()
    {
        var sut = new OwnedLoad<Owned>(() => Task.FromException<Owned>(new SpladeModelException("cut short", "model")));
        await Assert.ThrowsAsync<SpladeModelException>(() => sut.GetAsync());
        Assert.Throws<SpladeModelException>(() => sut.Get());
        await sut.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_LoadedThatHasNoAsyncWay_IsDisposedAllTheSame()
    {
        var stream = new MemoryStream();
        var both = new OwnedLoad<Stream>(() => Task.FromResult<Stream>(stream));
        await both.GetAsync();
        both.Dispose();
        Assert.False(stream.CanRead);
        var owned = new Owned();
        var one = new OwnedLoad<Owned>(() => Task.FromResult(owned));
        await one.GetAsync();
        one.Dispose();
        Assert.Equal(1, owned.Disposals);
    }

    private OwnedLoad<Owned> CreateSut() => new(async () =>
    {
        Interlocked.Increment(ref _loads);
        await _gate.Task;
        return new Owned();
    });

    private sealed class Owned : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
