using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;
using Splade.AI.TextEncoding.Scheduling;

namespace Splade.AI.Tests.TextEncoding.Scheduling;

/// <summary>Order, sharing, fairness and bounds.</summary>
public sealed class TextSchedulerTests
{
    [Fact]
    public async Task Call_TextsOfAnyLength_ResultsInTheirOrder()
    {
        var runner = new TestRunner(concurrentRuns: 3);
        var sut = new SchedulerHarness(runner);
        var random = new Random(1);
        (int, int)[] texts = [.. Enumerable.Range(1, 500).Select(id => (id, random.Next(1, 300)))];
        SchedulerHarness.AssertResults(texts, await sut.CallAsync(texts));
        Assert.InRange(runner.MostAtATime, 1, 3);
        await sut.Scheduler.CloseAsync();
        Assert.True(runner.IsDisposed);
    }

    [Fact]
    public async Task Call_Idle_RunsOnItsOwnThreadAsALoneRun()
    {
        var runner = new TestRunner();
        SchedulerHarness sut = SchedulerHarness.WithShortCalls(runner);
        await Task.Run(() =>
        {
            int thread = Environment.CurrentManagedThreadId;
            Task<EncodedText<int>[]> call = sut.CallHereAsync([(7, 5)]);
            Assert.True(call.IsCompletedSuccessfully);
            Assert.Equal(thread, Assert.Single(runner.Threads));
        });
        Assert.Equal(RunLoad.Lone, Assert.Single(runner.Loads));
    }

    [Fact]
    public async Task Call_SeveralBatches_AreBusyButForTheLastAlone()
    {
        var runner = new TestRunner(tokenBudget: 16);
        await new SchedulerHarness(runner).CallAsync(SchedulerHarness.Texts(1, 5));
        Assert.Equal([RunLoad.Busy, RunLoad.Busy, RunLoad.Lone], runner.Loads);
    }

    [Fact]
    public async Task Calls_WhileARunIsHeld_ShareTheNextRuns()
    {
        var runner = new TestRunner();
        var sut = new SchedulerHarness(runner);
        runner.Hold();
        Task<EncodedText<int>[]> first = sut.CallAsync(1000);
        await runner.StartedAsync();
        Task<EncodedText<int>[]>[] calls = [.. Enumerable.Range(1, 64).Select(id => sut.CallAsync(id))];
        await sut.HeldAsync(64 * 8);
        runner.Release();
        EncodedText<int>[][] results = await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(1, 64), results.Select(r => r[0].Vector));
        Assert.Equal(1000, (await first)[0].Vector);
        Assert.Equal([1, 64], runner.Runs.Select(r => r.Length));
    }

    [Fact]
    public async Task Query_AmongThousandsOfQueuedTexts_IsInOneOfTheNextRuns()
    {
        var runner = new TestRunner(tokenBudget: 64);
        var sut = new SchedulerHarness(queuedTokens: 4096, logger: null, runner);
        runner.Hold();
        Task<EncodedText<int>[]>[] bulk = [.. Enumerable.Range(0, 2).Select(i => sut.CallAsync(SchedulerHarness.Texts(10_000 * (i + 1), 5000, length: 16)))];
        await runner.StartedAsync();

        // All but the batch that is held: each call had room for half.
        await sut.HeldAsync(4096 - 64);
        Task<EncodedText<int>[]> query = sut.CallAsync(1, length: 4);
        await sut.HeldAsync(4096 - 64 + 4);
        runner.Release();
        await query;

        // After the run that is held, a turn of each bulk call at most.
        Assert.InRange(Array.FindIndex([.. runner.Runs], r => r.Contains(1)), 1, 3);
        await Task.WhenAll(bulk);
    }

    [Fact]
    public async Task Calls_Several_TakeTurns()
    {
        var runner = new TestRunner(tokenBudget: 8);
        var sut = new SchedulerHarness(runner);
        runner.Hold();
        Task first = sut.CallAsync(1);
        await runner.StartedAsync();
        Task bulk = sut.CallAsync(SchedulerHarness.Texts(100, 50));
        await sut.HeldAsync(400);
        Task small = sut.CallAsync(SchedulerHarness.Texts(200, 2));
        await sut.HeldAsync(416);
        runner.Release();
        await Task.WhenAll(first, bulk, small);
        Assert.Equal([1, 100, 200, 101, 201, 102], runner.Runs.Take(6).Select(r => r[0]));
    }

    [Fact]
    public async Task Batches_OfMixedLengths_WasteLittleOnPadding()
    {
        var runner = new TestRunner();
        var sut = new SchedulerHarness(runner);
        var random = new Random(2);
        await sut.CallAsync([.. Enumerable.Range(1, 2000).Select(id => (id, random.Next(3, 200)))]);
        Assert.All(runner.Shapes, s => Assert.True(s.Rows == 1 || s.Rows * s.Length <= 512));
        Assert.All(runner.Shapes, s => Assert.True(s.Lengths.Min() * 5 >= s.Length * 4 || s.Rows * s.Length <= 64));
        double padded = runner.Shapes.Sum(s => s.Rows * s.Length);
        Assert.InRange(padded / runner.Shapes.Sum(s => s.Lengths.Sum()), 1, 1.06);
    }

    [Fact]
    public async Task TokenBudget_OfOne_RunsOneTextAtATime()
    {
        var runner = new TestRunner(tokenBudget: 1);
        await new SchedulerHarness(runner).CallAsync(SchedulerHarness.Texts(1, 20));
        Assert.All(runner.Runs, r => Assert.Single(r));
    }

    [Fact]
    public async Task Queue_ManyLargeCalls_NeverHoldsMoreThanItsBound()
    {
        const int Bound = 1024;
        var runner = new TestRunner(tokenBudget: 64, concurrentRuns: 2);
        var sut = new SchedulerHarness(Bound, logger: null, runner);
        int most = 0;
        runner.OnRun = _ => most = Math.Max(most, sut.Scheduler.HeldTokens);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            (int, int)[] texts = SchedulerHarness.Texts(1 + (i * 1000), 400, length: 1 + i);
            SchedulerHarness.AssertResults(texts, await sut.CallAsync(texts));
        }));
        Assert.InRange(most, Bound / 2, Bound);
        Assert.Equal(0, sut.Scheduler.HeldTokens);
    }

    [Fact]
    public async Task Queue_OneCall_LeavesHalfOfItToOthers()
    {
        var runner = new TestRunner(tokenBudget: 64);
        var sut = new SchedulerHarness(queuedTokens: 1024, logger: null, runner);
        runner.Hold();
        Task bulk = sut.CallAsync(SchedulerHarness.Texts(1, 1000));
        await runner.StartedAsync();
        await sut.HeldAsync(512);
        Task other = sut.CallAsync(SchedulerHarness.Texts(5000, 64));
        await sut.HeldAsync(1024);
        runner.Release();
        await Task.WhenAll(bulk, other);
    }
}
