using System.Collections.Concurrent;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A device whose runs a test can watch, hold and break. The vector of a text is its first token id.</summary>
internal sealed class TestRunner(string device = "test:0", int tokenBudget = 512, int concurrentRuns = 1) : ITextRunner<int>
{
    private readonly ManualResetEventSlim _open = new(true);
    private readonly SemaphoreSlim _started = new(0);
    private int _running;

    public string Device => device;

    public int TokenBudget => tokenBudget;

    public int ConcurrentRuns => concurrentRuns;

    /// <summary>Called in each run, once it may go on.</summary>
    public Action<TokenBatch>? OnRun { get; set; }

    /// <summary>The first token ids of each run's texts, in the order in which the runs began.</summary>
    public ConcurrentQueue<int[]> Runs { get; } = new();

    public ConcurrentQueue<RunLoad> Loads { get; } = new();

    public ConcurrentQueue<(int Rows, int Length, int[] Lengths)> Shapes { get; } = new();

    public ConcurrentQueue<int> Threads { get; } = new();

    public int MostAtATime { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Makes runs wait from now on, until <see cref="Release"/> or until they are cancelled.</summary>
    public void Hold() => _open.Reset();

    public void Release() => _open.Set();

    /// <summary>Waits until one more run has begun.</summary>
    public Task StartedAsync() => _started.WaitAsync();

    public int[] Run(TokenBatch batch, RunLoad load, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        int[] texts = [.. Enumerable.Range(0, batch.Rows).Select(row => (int)batch.Ids[row * batch.Length])];
        MostAtATime = Math.Max(MostAtATime, Interlocked.Increment(ref _running));
        try
        {
            Runs.Enqueue(texts);
            Loads.Enqueue(load);
            Shapes.Enqueue((batch.Rows, batch.Length, batch.Lengths));
            Threads.Enqueue(Environment.CurrentManagedThreadId);
            _started.Release();
            _open.Wait(cancellationToken);
            OnRun?.Invoke(batch);
            cancellationToken.ThrowIfCancellationRequested();
            return texts;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            ObjectDisposedException.ThrowIf(IsDisposed, this);
        }
    }

    public void Dispose()
    {
        Assert.Equal(0, _running);
        IsDisposed = true;
    }
}
