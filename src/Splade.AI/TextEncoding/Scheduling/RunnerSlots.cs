namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>A device with its workers. As a work item of the thread pool it is one of them, which does one batch.</summary>
/// <remarks>The scheduler's lock guards it.</remarks>
internal sealed class RunnerSlots<TVector>(ITextRunner<TVector> runner, Action<RunnerSlots<TVector>> work) : IThreadPoolWorkItem
{
    public ITextRunner<TVector> Runner => runner;

    /// <summary>How many workers it has now.</summary>
    public int Workers { get; set; }

    /// <summary>Failed batches that another device has yet to try. Meanwhile the device gets nothing new.</summary>
    public int Suspicions { get; set; }

    /// <summary>Whether it was taken out, because it failed where another device did not.</summary>
    public bool IsOut { get; set; }

    public bool IsFree => Workers < runner.ConcurrentRuns;

    /// <summary>Starts one more worker, whose slot has been taken.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Execute() => work(this);
}
