namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>A device with its workers.</summary>
/// <remarks>
/// <para>
/// Long calls never wait for short ones, nor these for long ones. Of the runs that the device takes at a time all may be of long calls; then there is
/// one place more, for short ones. Where there are fewer, short calls have the rest, and at least that one.
/// </para>
/// <para>The scheduler's lock guards it.</para>
/// </remarks>
internal sealed class RunnerSlots<TVector>
{
    public RunnerSlots(ITextRunner<TVector> runner, Action<LaneSlots<TVector>> work)
    {
        Runner = runner;
        Short = new LaneSlots<TVector>(this, Lane.Short, work);
        Long = new LaneSlots<TVector>(this, Lane.Long, work);
    }

    public ITextRunner<TVector> Runner { get; }

    /// <summary>The workers for short calls.</summary>
    public LaneSlots<TVector> Short { get; }

    /// <summary>The workers for long calls.</summary>
    public LaneSlots<TVector> Long { get; }

    /// <summary>How many workers it has now.</summary>
    public int Workers => Short.Workers + Long.Workers;

    /// <summary>Failed batches that another device has yet to try. Meanwhile the device gets nothing new.</summary>
    public int Suspicions { get; set; }

    /// <summary>Whether it was taken out, because it failed where another device did not.</summary>
    public bool IsOut { get; set; }

    /// <summary>Whether one more worker for such calls has a place.</summary>
    public bool IsFreeFor(Lane lane) => lane == Lane.Short
        ? Workers < Runner.ConcurrentRuns || Short.Workers == 0
        : Long.Workers < Runner.ConcurrentRuns && Workers <= Runner.ConcurrentRuns;
}
