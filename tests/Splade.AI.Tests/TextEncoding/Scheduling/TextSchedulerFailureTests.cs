using Microsoft.Extensions.Logging;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.TextEncoding.Scheduling;

/// <summary>Whose fault a failure is: the text's, the model's or the device's.</summary>
public sealed class TextSchedulerFailureTests
{
    private const int Bad = 13;

    [Fact]
    public async Task QueueAsync_CallThatHasFailed_ThrowsAtOnce()
    {
        TextScheduler<int> scheduler = new SchedulerHarness(new TestRunner { OnRun = _ => throw new SpladeModelException("broken", "model") }).Scheduler;
        using ScheduledCall<int> call = scheduler.Begin(3, CancellationToken.None);
        await scheduler.QueueAsync(call, [new QueuedText<int>(call, 0, [1], truncated: false)]);
        while (!call.IsDone)
        {
            await Task.Yield();
        }

        await Assert.ThrowsAsync<SpladeModelException>(
            async () => await scheduler.QueueAsync(call, [new QueuedText<int>(call, 1, [2], truncated: false)]));
        Assert.Equal(0, scheduler.HeldTokens);
    }

    [Fact]
    public async Task Fail_OnATextOfOneCall_ReachesThatCallOnly()
    {
        var runner = new TestRunner { OnRun = FailOnBadText };
        var sut = new SchedulerHarness(runner);
        Task<EncodedText<int>[]>[] calls = await QueueBehindAHeldRunAsync(sut, runner, 12, Bad, 14);
        runner.Release();
        SchedulerHarness.AssertResults([(12, 8)], await calls[0]);
        Assert.Contains("bad text", (await Assert.ThrowsAsync<SpladeModelException>(() => calls[1])).Message, StringComparison.Ordinal);
        SchedulerHarness.AssertResults([(14, 8)], await calls[2]);
        SchedulerHarness.AssertResults([(15, 8)], await sut.CallAsync(15));
    }

    [Fact]
    public async Task Fail_OfOneOfManyBatches_EndsTheCallAndDropsItsTexts()
    {
        var runner = new TestRunner(tokenBudget: 8) { OnRun = FailOnBadText };
        var sut = new SchedulerHarness(queuedTokens: 1024, logger: null, runner);
        await Assert.ThrowsAsync<SpladeModelException>(() => sut.CallAsync(SchedulerHarness.Texts(1, 1000)));
        await sut.Scheduler.CloseAsync();
        Assert.InRange(runner.Runs.Count, Bad, Bad + 1);
        Assert.Equal(0, sut.Scheduler.HeldTokens);
    }

    [Fact]
    public async Task Fail_WithAnyException_ReachesTheCall()
    {
        var runner = new TestRunner { OnRun = _ => throw new InvalidOperationException("odd") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => new SchedulerHarness(runner).CallAsync(1));
        runner.OnRun = _ => throw new OperationCanceledException("not asked for");
        await Assert.ThrowsAsync<OperationCanceledException>(() => new SchedulerHarness(runner).CallAsync(1));
    }

    [Fact]
    public async Task Device_ThatFailsAlone_IsNamedAndTakenOutAndItsTextsAreDoneElsewhere()
    {
        using var log = new TestLoggerFactory();
        var broken = new TestRunner("test:0") { OnRun = _ => throw new SpladeModelException("lost", "model") };
        var sound = new TestRunner("test:1");
        var sut = new SchedulerHarness(1 << 16, log, broken, sound);
        (int, int)[] texts = SchedulerHarness.Texts(1, 300);
        SchedulerHarness.AssertResults(texts, await sut.CallAsync(texts));
        SchedulerHarness.AssertResults(texts, await sut.CallAsync(texts));
        Assert.Equal(["test:1"], sut.Scheduler.Devices);
        Assert.Single(broken.Runs);
        (LogLevel level, string message) = Assert.Single(log.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Equal("test:0 is taken out: it failed on texts that test:1 has encoded since. model: lost", message);
    }

    [Fact]
    public async Task Text_ThatFailsOnBothDevices_CondemnsNeither()
    {
        using var log = new TestLoggerFactory();
        TestRunner[] runners = [.. Enumerable.Range(0, 2).Select(i => new TestRunner($"test:{i}") { OnRun = FailOnBadText })];
        var sut = new SchedulerHarness(1 << 16, log, runners);
        await Assert.ThrowsAsync<SpladeModelException>(() => sut.CallAsync(Bad));
        Assert.Equal(["test:0", "test:1"], sut.Scheduler.Devices);
        Assert.Empty(log.Entries);
        Assert.All(runners, r => Assert.Single(r.Runs));
        (int, int)[] texts = SchedulerHarness.Texts(100, 300);
        SchedulerHarness.AssertResults(texts, await sut.CallAsync(texts));
    }

    [Fact]
    public async Task Devices_AllBroken_TheFailureReachesEveryCall()
    {
        TestRunner[] runners = [.. Enumerable.Range(0, 3).Select(i => new TestRunner($"test:{i}", concurrentRuns: 2) { OnRun = _ => throw new SpladeModelException("lost", "model") })];
        var sut = new SchedulerHarness(runners);
        Task<EncodedText<int>[]>[] calls = [.. Enumerable.Range(1, 50).Select(id => sut.CallAsync(SchedulerHarness.Texts(id * 100, 20)))];
        foreach (Task<EncodedText<int>[]> call in calls)
        {
            await Assert.ThrowsAsync<SpladeModelException>(() => call);
        }

        Assert.NotEmpty(sut.Scheduler.Devices);
        await sut.Scheduler.CloseAsync();
    }

    [Fact]
    public async Task Device_TheLastOne_StaysAndServesLaterCalls()
    {
        var broken = new TestRunner("test:0") { OnRun = _ => throw new SpladeModelException("lost", "model") };
        var last = new TestRunner("test:1");
        var sut = new SchedulerHarness(broken, last);
        await sut.CallAsync(1);
        last.OnRun = FailOnBadText;
        await Assert.ThrowsAsync<SpladeModelException>(() => sut.CallAsync(Bad));
        SchedulerHarness.AssertResults([(2, 8)], await sut.CallAsync(2));
        Assert.Equal(["test:1"], sut.Scheduler.Devices);
    }

    [Fact]
    public async Task Device_TakenOutWhileTheLogIsOutOfOrder_ServesOn()
    {
        var broken = new TestRunner("test:0") { OnRun = _ => throw new SpladeModelException("lost", "model") };
        var sut = new SchedulerHarness(queuedTokens: 1024, new ThrowingLogger(), broken, new TestRunner("test:1"));
        SchedulerHarness.AssertResults([(1, 8)], await sut.CallAsync(1));
        SchedulerHarness.AssertResults([(2, 8)], await sut.CallAsync(2));
        await sut.Scheduler.CloseAsync();
        Assert.Equal(["test:1"], sut.Scheduler.Devices);
    }

    [Fact]
    public async Task Device_TakenOut_LeavesItsShareOfTheTextsToTheOthers()
    {
        var broken = new TestRunner("test:0", concurrentRuns: 3) { OnRun = _ => throw new SpladeModelException("lost", "model") };
        var sound = new TestRunner("test:1");
        var sut = new SchedulerHarness(broken, sound);
        await sut.CallAsync(1);
        await sound.StartedAsync();
        Assert.Equal(["test:1"], sut.Scheduler.Devices);
        sound.Hold();
        Task first = sut.CallAsync(2);
        await sound.StartedAsync();
        (int, int)[] texts = SchedulerHarness.Texts(100, 32, length: 16);
        Task<EncodedText<int>[]> call = sut.CallAsync(texts);
        await sut.HeldAsync(32 * 16);
        sound.Release();
        await first;
        SchedulerHarness.AssertResults(texts, await call);

        // As many tokens as a batch holds: nothing is left over for places where nobody works.
        Assert.Equal([1, 1, 32], sound.Runs.Select(r => r.Length));
    }

    [Fact]
    public async Task Device_SuspectedWhenTheCallIsCancelled_IsClearedOfIt()
    {
        using var source = new CancellationTokenSource();
        var suspect = new TestRunner("test:0") { OnRun = FailOnBadText };
        var other = new TestRunner("test:1");
        var sut = new SchedulerHarness(suspect, other);
        other.Hold();
        Task<EncodedText<int>[]> call = sut.CallAsync(Bad, cancellationToken: source.Token);
        await other.StartedAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        other.Release();
        (int, int)[] texts = SchedulerHarness.Texts(100, 100);
        SchedulerHarness.AssertResults(texts, await sut.CallAsync(texts));
        Assert.Equal(["test:0", "test:1"], sut.Scheduler.Devices);
    }

    [Fact]
    public async Task Device_SuspectedOfABatchThatSucceedsWithoutACancelledText_IsNotTakenOut()
    {
        using var source = new CancellationTokenSource();
        var suspect = new TestRunner("test:0");
        var other = new TestRunner("test:1");
        var sut = new SchedulerHarness(suspect, other);
        suspect.Hold();
        other.Hold();
        Task first = sut.CallAsync(1);
        await suspect.StartedAsync();
        Task second = sut.CallAsync(2);
        await other.StartedAsync();
        Task<EncodedText<int>[]> cancelled = sut.CallAsync(Bad, cancellationToken: source.Token);
        await sut.HeldAsync(8);
        Task<EncodedText<int>[]> served = sut.CallAsync(14);
        await sut.HeldAsync(16);

        // The suspect runs both texts and fails on the one; the other device, which knows no bad text, is busy until that one is gone.
        suspect.OnRun = FailOnBadText;
        suspect.Release();
        await suspect.StartedAsync();
        Assert.Equal([Bad, 14], suspect.Runs.Last());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        other.Release();
        await other.StartedAsync();
        SchedulerHarness.AssertResults([(14, 8)], await served);
        await Task.WhenAll(first, second);
        Assert.Equal([14], other.Runs.Last());
        Assert.Equal(["test:0", "test:1"], sut.Scheduler.Devices);

        // It is at work again, beside the other one.
        suspect.Hold();
        other.Hold();
        Task[] started = [suspect.StartedAsync(), other.StartedAsync()];
        Task third = sut.CallAsync(3);
        await Task.WhenAny(started);
        Task fourth = sut.CallAsync(4);
        await Task.WhenAll(started);
        suspect.Release();
        other.Release();
        await Task.WhenAll(third, fourth);
    }

    private static void FailOnBadText(TokenBatch batch)
    {
        if (batch.Ids.Contains(Bad))
        {
            throw new SpladeModelException("bad text", "model");
        }
    }

    private static async Task<Task<EncodedText<int>[]>[]> QueueBehindAHeldRunAsync(SchedulerHarness sut, TestRunner runner, params int[] ids)
    {
        runner.Hold();
        _ = sut.CallAsync(1);
        await runner.StartedAsync();
        Task<EncodedText<int>[]>[] calls = [.. ids.Select(id => sut.CallAsync(id))];
        await sut.HeldAsync(8 * ids.Length);
        return calls;
    }
}
