namespace Splade.AI.Onnx;

/// <summary>How many runs go on at a time on the processors, and how many threads each uses.</summary>
/// <param name="Runs">How many runs go on at a time.</param>
/// <param name="Threads">The threads of a run that is alone.</param>
/// <param name="BusyThreads">The threads of a run that is one of several.</param>
/// <param name="IsAutomatic">Whether the user left the threads open.</param>
internal readonly record struct WorkerPlan(int Runs, int Threads, int BusyThreads, bool IsAutomatic = false)
{
    /// <summary>One text is in the model while another's output is reduced, where there are processors for both.</summary>
    public const int LeastRuns = 2;

    /// <summary>Follows what the user says, and fills in what the user leaves open, without more threads than processors.</summary>
    public static WorkerPlan For(int processors, int? threads, int? runs)
    {
        int workers = runs ?? Math.Max(Math.Min(LeastRuns, processors), processors / (threads ?? 1));
        return new WorkerPlan(workers, threads ?? processors, threads ?? Math.Max(1, processors / workers), threads is null);
    }

    /// <summary>The same where a second thread is no help, unless the user asked for it.</summary>
    public WorkerPlan ForSmallModel() => IsAutomatic ? this with { Threads = 1, BusyThreads = 1 } : this;
}
