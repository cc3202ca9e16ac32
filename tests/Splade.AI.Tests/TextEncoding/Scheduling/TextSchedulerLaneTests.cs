using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.TextEncoding.Scheduling;

/// <summary>Short calls beside long ones: neither waits for the other.</summary>
public sealed class TextSchedulerLaneTests : IDisposable
{
    private const int LongText = 300;

    /// <summary>A call that waits for one that is held would wait for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _longMayEnd = new();
    private readonly CancellationTokenSource _source = new();
    private readonly TestRunner _runner = new(concurrentRuns: 2);
    private readonly SchedulerHarness _sut;

    public TextSchedulerLaneTests()
    {
        _sut = SchedulerHarness.WithShortCalls(_runner);
        _runner.OnRun = HoldLong;
    }

    public void Dispose()
    {
        _longMayEnd.Set();
        _source.Dispose();
    }

    [Fact]
    public async Task ShortCall_WhileAllPlacesRunLongCalls_RunsAtOnceAsALoneRun()
    {
        Task<EncodedText<int>[]> documents = await FillWithLongRunsAsync(10);
        SchedulerHarness.AssertResults([(1, 8)], await _sut.CallAsync(1).WaitAsync(Patience));
        SchedulerHarness.AssertResults([(2, 8)], await _sut.CallAsync(2).WaitAsync(Patience));
        Assert.False(documents.IsCompleted);
        Assert.Equal([1, 2], _runner.Runs.Skip(2).Select(r => r[0]));
        Assert.Equal([RunLoad.Lone, RunLoad.Lone], _runner.Loads.Skip(2));
        _longMayEnd.Set();
        await documents;
    }

    [Fact]
    public async Task ShortCalls_WhileAllPlacesRunLongCalls_ShareTheOnePlaceAndItsRunsAreSmall()
    {
        Task<EncodedText<int>[]> documents = await FillWithLongRunsAsync(10);
        _runner.Hold();
        Task<EncodedText<int>[]> first = _sut.CallAsync(1000);
        await _runner.StartedAsync().WaitAsync(Patience);
        int held = _sut.Scheduler.HeldTokens;
        Task<EncodedText<int>[]>[] calls = [.. Enumerable.Range(1, 64).Select(id => _sut.CallAsync(id))];
        await _sut.HeldAsync(held + (64 * 8));
        _runner.Release();
        EncodedText<int>[][] results = await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(1, 64), results.Select(r => r[0].Vector));
        Assert.Equal(1000, (await first)[0].Vector);
        Assert.Equal([1, 32, 32], _runner.Runs.Skip(2).Select(r => r.Length));
        Assert.Equal(3, _runner.MostAtATime);
        _longMayEnd.Set();
        await documents;
    }

    [Fact]
    public async Task LongCall_WhileShortCallsNeverStop_HasAllItsPlaces()
    {
        int next = 1;
        int together = 0, mostTogether = 0;
        TaskCompletionSource ended = new();
        _runner.OnRun = batch =>
        {
            if (batch.Length == LongText)
            {
                mostTogether = Math.Max(mostTogether, Interlocked.Increment(ref together));
                Thread.Yield();
                Interlocked.Decrement(ref together);
                return;
            }

            // There is always one more waiting before one ends.
            if (!ended.Task.IsCompleted)
            {
                _ = _sut.CallAsync(Interlocked.Increment(ref next));
            }
        };
        Task<EncodedText<int>[]>[] queries = [.. Enumerable.Range(0, 4).Select(_ => _sut.CallAsync(Interlocked.Increment(ref next)))];
        (int, int)[] texts = SchedulerHarness.Texts(100_000, 200, LongText);
        SchedulerHarness.AssertResults(texts, await _sut.CallAsync(texts).WaitAsync(Patience));
        ended.SetResult();
        await Task.WhenAll(queries);
        Assert.Equal(2, mostTogether);
        Assert.InRange(_runner.MostAtATime, 2, 3);
    }

    [Fact]
    public async Task LongCall_WhileShortOnesHaveAllPlaces_WaitsForOneAtMost()
    {
        _longMayEnd.Set();
        _runner.Hold();
        Task<EncodedText<int>[]>[] queries = [_sut.CallAsync(1), _sut.CallAsync(2), _sut.CallAsync(3)];
        await _runner.StartedAsync().WaitAsync(Patience);
        await _runner.StartedAsync().WaitAsync(Patience);
        Task<EncodedText<int>[]> documents = _sut.CallAsync(SchedulerHarness.Texts(1000, 4, LongText));

        // The third query waits; the first of the documents does not.
        await _runner.StartedAsync().WaitAsync(Patience);
        Assert.Equal([LongText], _runner.Shapes.Skip(2).Select(s => s.Length));
        _runner.Release();
        await Task.WhenAll([.. queries, documents]);
    }

    [Fact]
    public async Task ShortCall_CancelledBesideLongRuns_EndsAtOnceAndLeavesItsPlace()
    {
        Task<EncodedText<int>[]> documents = await FillWithLongRunsAsync(4);
        _runner.Hold();
        Task<EncodedText<int>[]> cancelled = _sut.CallAsync(1, cancellationToken: _source.Token);
        await _runner.StartedAsync().WaitAsync(Patience);
        int held = _sut.Scheduler.HeldTokens;
        Task<EncodedText<int>[]> queued = _sut.CallAsync(2, cancellationToken: _source.Token);
        await _sut.HeldAsync(held + 8);
        await _source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await _sut.HeldAsync(held);
        _runner.Release();
        SchedulerHarness.AssertResults([(3, 8)], await _sut.CallAsync(3));
        _longMayEnd.Set();
        await documents;
    }

    [Fact]
    public async Task LongCall_RunsOnThreadsOfItsOwn_ShortOnThePool()
    {
        var isOfPool = new Dictionary<int, bool>();
        _runner.OnRun = batch =>
        {
            lock (isOfPool)
            {
                isOfPool[batch.Length] = Thread.CurrentThread.IsThreadPoolThread;
            }
        };
        await _sut.CallAsync(1);
        await _sut.CallAsync(2, LongText);
        Assert.Equal(new Dictionary<int, bool> { [8] = true, [LongText] = false }, isOfPool);
    }

    [Fact]
    public async Task Calls_Of64CallersOfBothKinds_AllHaveTheirResults()
    {
        _longMayEnd.Set();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
        {
            for (int call = 0; call < 20; call++)
            {
                (int, int)[] texts = SchedulerHarness.Texts((caller * 10_000) + (call * 100) + 1, caller % 4 == 0 ? 20 : 1, length: 4 + (caller % 7 * 5));
                SchedulerHarness.AssertResults(texts, await _sut.CallAsync(texts));
            }
        }));
        Assert.InRange(_runner.MostAtATime, 1, 3);
        Assert.Equal(0, _sut.Scheduler.HeldTokens);
        await _sut.Scheduler.CloseAsync();
        Assert.True(_runner.IsDisposed);
    }

    private void HoldLong(TokenBatch batch)
    {
        if (batch.Length == LongText)
        {
            _longMayEnd.Wait();
        }
    }

    // Two runs of one text each are under way, the others wait.
    private async Task<Task<EncodedText<int>[]>> FillWithLongRunsAsync(int texts)
    {
        Task<EncodedText<int>[]> documents = _sut.CallAsync(SchedulerHarness.Texts(10_000, texts, LongText));
        await _runner.StartedAsync().WaitAsync(Patience);
        await _runner.StartedAsync().WaitAsync(Patience);
        return documents;
    }
}
