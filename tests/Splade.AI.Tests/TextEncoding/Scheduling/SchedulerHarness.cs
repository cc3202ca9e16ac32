using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;
using Splade.AI.TextEncoding.Scheduling;

namespace Splade.AI.Tests.TextEncoding.Scheduling;

/// <summary>A scheduler over fake devices, and calls to it whose texts are numbers.</summary>
internal sealed class SchedulerHarness
{
    private readonly TextScheduler<int> _scheduler;

    public SchedulerHarness(params TestRunner[] runners)
        : this(queuedTokens: 1 << 16, logger: null, runners)
    {
    }

    public SchedulerHarness(int queuedTokens, ILogger? logger, params TestRunner[] runners)
        : this(new SchedulerSettings(PadTokenId: 0, queuedTokens, logger ?? NullLogger.Instance) { ShortCall = 0 }, runners)
    {
    }

    private SchedulerHarness(SchedulerSettings settings, TestRunner[] runners)
    {
        _scheduler = new TextScheduler<int>(runners, settings);
    }

    /// <summary>As programs have it: calls of few tokens are short ones. In the others none is, since those of tests are small.</summary>
    public static SchedulerHarness WithShortCalls(params TestRunner[] runners) => new(new SchedulerSettings(PadTokenId: 0, 1 << 13, NullLogger.Instance), runners);

    public TextScheduler<int> Scheduler => _scheduler;

    /// <summary>A call on the thread pool, as the encoder makes it. A text is its first token id and its length.</summary>
    public Task<EncodedText<int>[]> CallAsync(IReadOnlyList<(int Id, int Length)> texts, CancellationToken cancellationToken = default) =>
        Task.Run(() => CallHereAsync(texts, cancellationToken), CancellationToken.None);

    public Task<EncodedText<int>[]> CallAsync(int id, int length = 8, CancellationToken cancellationToken = default) => CallAsync([(id, length)], cancellationToken);

    public async Task<EncodedText<int>[]> CallHereAsync(IReadOnlyList<(int Id, int Length)> texts, CancellationToken cancellationToken = default)
    {
        using ScheduledCall<int> call = _scheduler.Begin(texts.Count, cancellationToken);
        var portion = new List<QueuedText<int>>();
        for (int i = 0; i < texts.Count; i++)
        {
            if (portion.Sum(t => t.Length) >= _scheduler.Portion)
            {
                await _scheduler.QueueAsync(call, portion);
                portion.Clear();
            }

            int[] ids = new int[texts[i].Length];
            ids[0] = texts[i].Id;
            portion.Add(new QueuedText<int>(call, i, ids, truncated: false));
        }

        return await _scheduler.FinishAsync(call, portion);
    }

    /// <summary>Waits until so many tokens are queued.</summary>
    public async Task HeldAsync(int tokens)
    {
        long start = Stopwatch.GetTimestamp();
        while (_scheduler.HeldTokens is int held && held != tokens)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), $"{held} tokens are queued, expected {tokens}.");
            await Task.Yield();
        }
    }

    /// <summary>A short run of text numbers, all of one length.</summary>
    public static (int Id, int Length)[] Texts(int first, int count, int length = 8) => [.. Enumerable.Range(first, count).Select(id => (id, length))];

    public static void AssertResults(IReadOnlyList<(int Id, int Length)> texts, EncodedText<int>[] results)
    {
        Assert.Equal(texts.Select(t => (t.Id, t.Length)), results.Select(r => (r.Vector, r.TokenCount)));
    }
}
