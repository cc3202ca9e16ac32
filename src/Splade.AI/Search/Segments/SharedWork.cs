using System.Collections.Concurrent;

namespace Splade.AI.Search.Segments;

/// <summary>Shares a search out over threads.</summary>
internal static class SharedWork
{
    /// <param name="work">The pieces, of about the same size. A thread that is done with one takes the next.</param>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    /// <param name="best">Receives the best rows of all.</param>
    /// <param name="search">Searches the pieces that one thread gets. Called once for each thread.</param>
    /// <param name="cancellationToken">Observed before each piece.</param>
    public static void Search<TWork>(
        TWork[] work, int threads, BestRows best, Action<IEnumerable<TWork>, BestRows> search, CancellationToken cancellationToken)
    {
        int taken = -1;
        int workers = Math.Min(threads, work.Length);
        if (workers <= 1)
        {
            search(Take(), best);
            return;
        }

        var found = new ConcurrentBag<BestRows>();
        Parallel.For(0, workers, new ParallelOptions { CancellationToken = cancellationToken }, _ =>
        {
            BestRows mine = best.Another();
            search(Take(), mine);
            found.Add(mine);
        });
        foreach (BestRows others in found)
        {
            best.Offer(others);
        }

        IEnumerable<TWork> Take()
        {
            for (int i = Interlocked.Increment(ref taken); i < work.Length; i = Interlocked.Increment(ref taken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return work[i];
            }
        }
    }
}
