using System.Runtime.ExceptionServices;

namespace Splade.AI.Search.Segments;

/// <summary>Shares a search out over threads.</summary>
internal static class SharedWork
{
    /// <param name="work">The pieces, of about the same size. A thread that is done with one takes the next.</param>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    /// <param name="best">Receives the best rows of all.</param>
    /// <param name="search">Searches the pieces that one thread gets. Called at most once for each thread.</param>
    /// <param name="cancellationToken">Observed before each piece.</param>
    public static void Search<TWork>(
        TWork[] work, int threads, BestRows best, Action<IEnumerable<TWork>, BestRows> search, CancellationToken cancellationToken)
    {
        int helpers = Math.Min(threads, work.Length) - 1;
        var sharing = new Sharing<TWork>(work, search, best, cancellationToken);
        for (int i = 0; i < helpers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(sharing, preferLocal: false);
        }

        sharing.Run();
    }

    /// <summary>A search that several threads work at.</summary>
    /// <remarks>
    /// The caller begins at once, and others join when they have woken up, which takes longer than a small search: whoever comes too late is
    /// not waited for.
    /// </remarks>
    private sealed class Sharing<TWork>(TWork[] work, Action<IEnumerable<TWork>, BestRows> search, BestRows best, CancellationToken cancellationToken)
        : IThreadPoolWorkItem
    {
        private readonly Lock _joining = new();
        private readonly List<BestRows> _found = [];
        private int _taken = -1;
        private int _helping;
        private bool _isOver;
        private ExceptionDispatchInfo? _failure;

        /// <summary>The caller's part.</summary>
        public void Run()
        {
            try
            {
                search(Take(), best);
            }
            finally
            {
                lock (_joining)
                {
                    _isOver = true;
                }

                // The others are at their last piece, if any is there at all.
                var wait = default(SpinWait);
                while (Volatile.Read(ref _helping) > 0)
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }
            }

            _failure?.Throw();
            foreach (BestRows others in _found)
            {
                best.Offer(others);
            }
        }

        /// <summary>The part of one who joins.</summary>
        public void Execute()
        {
            lock (_joining)
            {
                if (_isOver)
                {
                    return;
                }

                _helping++;
            }

            BestRows mine = best.Another();
            try
            {
                search(Take(), mine);
            }
            catch (Exception e)
            {
                // The caller throws it.
                _failure ??= ExceptionDispatchInfo.Capture(e);
            }

            lock (_joining)
            {
                _found.Add(mine);
                _helping--;
            }
        }

        private IEnumerable<TWork> Take()
        {
            for (int i = Interlocked.Increment(ref _taken); i < work.Length; i = Interlocked.Increment(ref _taken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return work[i];
            }
        }
    }
}
