using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;

namespace Splade.AI.Tests.TextEncoding.Scheduling;

/// <summary>Cancelling a call in each of its states, without harm to others.</summary>
public sealed class TextSchedulerCancellationTests : IDisposable
{
    private readonly TestRunner _runner = new(tokenBudget: 64);
    private readonly CancellationTokenSource _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Cancel_WhileQueued_EndsAtOnceAndRunsNothing()
    {
        var sut = new SchedulerHarness(_runner);
        _runner.Hold();
        Task<EncodedText<int>[]> first = sut.CallAsync(1);
        await _runner.StartedAsync();
        Task<EncodedText<int>[]> queued = sut.CallAsync(2, cancellationToken: _source.Token);
        await sut.HeldAsync(8);
        await _source.CancelAsync();
        await AssertCancelledAsync(queued);
        Assert.Equal(0, sut.Scheduler.HeldTokens);
        _runner.Release();
        await first;
        Assert.Single(_runner.Runs);
    }

    [Fact]
    public async Task Cancel_WhileWaitingForRoom_EndsAtOnceAndLetsOthersIn()
    {
        var sut = new SchedulerHarness(queuedTokens: 1024, logger: null, _runner);
        _runner.Hold();
        Task bulk = sut.CallAsync(SchedulerHarness.Texts(1, 1000), _source.Token);
        await _runner.StartedAsync();
        await sut.HeldAsync(512);
        await _source.CancelAsync();
        await AssertCancelledAsync(bulk);
        Assert.Equal(0, sut.Scheduler.HeldTokens);
        _runner.Release();
        SchedulerHarness.AssertResults([(7, 8)], await sut.CallAsync(7));
    }

    [Fact]
    public async Task Cancel_AloneInARun_EndsTheRun()
    {
        var sut = new SchedulerHarness(_runner);
        _runner.Hold();
        Task<EncodedText<int>[]> call = sut.CallAsync(1, cancellationToken: _source.Token);
        await _runner.StartedAsync();
        await _source.CancelAsync();
        await AssertCancelledAsync(call);
        await sut.Scheduler.CloseAsync();
    }

    [Fact]
    public async Task Cancel_OneOfTwoInARun_LeavesTheRunToTheOther()
    {
        using var other = new CancellationTokenSource();
        var sut = new SchedulerHarness(_runner);
        (Task cancelled, Task<EncodedText<int>[]> served) = await ShareARunAsync(sut, other.Token);
        await _source.CancelAsync();
        await AssertCancelledAsync(cancelled);
        Assert.False(served.IsCompleted);
        _runner.Release();
        SchedulerHarness.AssertResults([(3, 8)], await served);
    }

    [Fact]
    public async Task Cancel_BothInARun_EndsTheRun()
    {
        using var other = new CancellationTokenSource();
        var sut = new SchedulerHarness(_runner);
        (Task first, Task second) = await ShareARunAsync(sut, other.Token);
        await _source.CancelAsync();
        await other.CancelAsync();
        await AssertCancelledAsync(first);
        Assert.Equal(other.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second)).CancellationToken);
        await sut.Scheduler.CloseAsync();
    }

    [Fact]
    public async Task Cancel_Before_RunsNothing()
    {
        await _source.CancelAsync();
        await AssertCancelledAsync(new SchedulerHarness(_runner).CallAsync(1, cancellationToken: _source.Token));
        Assert.Empty(_runner.Runs);
    }

    // One run is under way, which takes the gate; the next one has both calls and is held.
    private async Task<(Task Cancelled, Task<EncodedText<int>[]> Served)> ShareARunAsync(SchedulerHarness sut, CancellationToken other)
    {
        _runner.Hold();
        Task<EncodedText<int>[]> first = sut.CallAsync(1, cancellationToken: CancellationToken.None);
        await _runner.StartedAsync();
        Task<EncodedText<int>[]> cancelled = sut.CallAsync(2, cancellationToken: _source.Token);
        await sut.HeldAsync(8);
        Task<EncodedText<int>[]> served = sut.CallAsync(3, cancellationToken: other);
        await sut.HeldAsync(16);
        _runner.OnRun = _ => _runner.Hold();
        _runner.Release();
        await first;
        await _runner.StartedAsync();
        _runner.OnRun = null;
        Assert.Equal([2, 3], _runner.Runs.Last());
        return (cancelled, served);
    }

    private async Task AssertCancelledAsync(Task call)
    {
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(_source.Token, error.CancellationToken);
    }
}
