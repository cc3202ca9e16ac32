using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding.Scheduling;

namespace Splade.AI.Tests.Telemetry;

/// <summary>The length of the queues, and the batches that come out of them.</summary>
public sealed class WaitingTextsTests : IDisposable
{
    private readonly string _model = "queue-" + Path.GetRandomFileName();
    private readonly MeasurementLog _log;

    public WaitingTextsTests() => _log = new MeasurementLog(_model);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Collect_TextsWaitForAHeldRun_TellsHowManyAndThenNone()
    {
        var runner = new TestRunner();
        TextScheduler<int> scheduler = CreateScheduler(runner);
        runner.Hold();
        Task first = Task.Run(() => CallAsync(scheduler, 3));
        await runner.StartedAsync();
        _log.Collect();
        Assert.Equal((0, 0), Last());

        await Task.WhenAll(Queue(scheduler, 4), Queue(scheduler, 2, 6));
        _log.Collect();
        Assert.Equal((3, 12), Last());

        runner.Release();
        await first;
        await scheduler.CloseAsync();
        int before = _log.Entries.Count;
        _log.Collect();
        Assert.Equal(before, _log.Entries.Count);
    }

    [Fact]
    public async Task Collect_TwoEnginesOfOneModel_IsOneMeasurement()
    {
        TextScheduler<int>[] both = [CreateScheduler(new TestRunner()), CreateScheduler(new TestRunner())];
        _log.Collect();
        Assert.Single(_log.Values("splade.queue.texts"));
        await both[0].CloseAsync();
        await both[1].CloseAsync();
    }

    [Fact]
    public void Collect_EngineThatNobodyDisposed_IsNotKeptAlive()
    {
        WeakReference forgotten = Forget();
        for (int i = 0; i < 10 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(forgotten.IsAlive);
        _log.Collect();
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Run_TextsOfUnlikeLength_TellsTheShareOfPadding()
    {
        TextScheduler<int> scheduler = CreateScheduler(new TestRunner());
        await CallAsync(scheduler, 2, 4, 6);
        Assert.Equal([3d], _log.Values("splade.batch.size"));
        Assert.Equal(1 - (12 / 18d), Assert.Single(_log.Values("splade.batch.padding")), 1e-9);
        Assert.All(_log.Entries, e => Assert.Equal("test:0", e.Tags["splade.device"]));
        await scheduler.CloseAsync();
    }

    private (double Texts, double Tokens) Last() => (_log.Values("splade.queue.texts")[^1], _log.Values("splade.queue.tokens")[^1]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Forget() => new(CreateScheduler(new TestRunner()));

    private TextScheduler<int> CreateScheduler(TestRunner runner) =>
        new([runner], new SchedulerSettings(0, QueuedTokens: 4096, NullLogger.Instance) { Model = _model, ShortCall = 0 });

    private static async Task CallAsync(TextScheduler<int> scheduler, params int[] lengths)
    {
        using ScheduledCall<int> call = scheduler.Begin(lengths.Length, CancellationToken.None);
        await scheduler.FinishAsync(call, Texts(call, lengths));
    }

    /// <summary>Queues texts of a call that goes on.</summary>
    private static async Task Queue(TextScheduler<int> scheduler, params int[] lengths)
    {
        ScheduledCall<int> call = scheduler.Begin(lengths.Length + 1, CancellationToken.None);
        await scheduler.QueueAsync(call, Texts(call, lengths));
    }

    private static List<QueuedText<int>> Texts(ScheduledCall<int> call, int[] lengths) =>
        [.. lengths.Select((length, position) => new QueuedText<int>(call, position, new int[length], truncated: false))];
}
