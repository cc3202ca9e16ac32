namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>The workers of a device for one kind of calls. Executed, it is one of them, whose place has been taken.</summary>
/// <remarks>
/// Short calls are run by threads of the thread pool, that of the caller first. Long ones have threads of their own: their runs would
/// leave the pool none on which a query could be tokenized or its caller go on. The scheduler's lock guards the count.
/// </remarks>
internal sealed class LaneSlots<TVector>(RunnerSlots<TVector> device, Lane lane, Action<LaneSlots<TVector>> work) : IThreadPoolWorkItem
{
    public RunnerSlots<TVector> Device => device;

    public Lane Lane => lane;

    /// <summary>How many workers it has now.</summary>
    public int Workers { get; set; }

    /// <summary>Starts one more worker.</summary>
    public void Start()
    {
        if (lane == Lane.Short)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        // The host ends when it likes. Where a system lets programs choose, queries come first.
        new Thread(Execute) { IsBackground = true, Name = "Splade.AI", Priority = ThreadPriority.BelowNormal }.UnsafeStart();
    }

    public void Execute() => work(this);
}
