namespace Splade.Testing;

/// <summary>Work that keeps a processor busy until something happens.</summary>
public static class Threads
{
    /// <summary>Runs it on a thread of its own: those of the pool are few, and the tests beside this one wait for them.</summary>
    public static Task Run(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
