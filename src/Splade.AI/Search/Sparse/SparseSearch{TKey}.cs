using System.Buffers;
using System.Collections.Concurrent;
using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Sparse;

/// <summary>One search of an index: of all windows of its segments, and of the table behind them.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <param name="state">What the index holds.</param>
/// <param name="query">The query.</param>
/// <param name="limits">Where to end.</param>
internal sealed class SparseSearch<TKey>(IndexState<TKey, SparseVector> state, SparseVector query, SearchLimits<TKey> limits)
    where TKey : notnull
{
    private static readonly ConcurrentBag<WindowSearch> FreeSearches = [];

    private readonly SearchThreshold _threshold = new(limits.MinimumScore);

    /// <summary>The hits, best first, of equal scores the one that was put in earlier.</summary>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    public SearchHit<TKey>[] Run(int threads)
    {
        BestRows best = NewBest();
        SearchTail(best);
        SegmentQuery?[] queries = [.. state.Parts.Select(part => SegmentQuery.Create(query, (SparseSegment)part.Segment))];
        try
        {
            SearchWindows(Windows(queries), best, threads);
        }
        finally
        {
            foreach (SegmentQuery? prepared in queries)
            {
                prepared?.Dispose();
            }
        }

        return state.ToHits(best, limits.Skip);
    }

    private BestRows NewBest() => new((int)Math.Min(int.MaxValue, (long)limits.Top + limits.Skip), _threshold);

    private List<SearchWindow> Windows(SegmentQuery?[] queries)
    {
        var windows = new List<SearchWindow>();
        long position = 0;
        for (int i = 0; i < queries.Length; i++)
        {
            if (queries[i] is SegmentQuery prepared)
            {
                Func<int, bool>? isHit = state.Parts[i].Hits(limits.Filter);
                windows.AddRange(Enumerable.Range(0, prepared.Segment.Layout.Windows).Select(
                    w => new SearchWindow(prepared, w, From: 0, prepared.Segment.Layout.RowsOf(w), isHit, position)));
            }

            position += state.Parts[i].Segment.Rows;
        }

        return windows;
    }

    private void SearchWindows(List<SearchWindow> windows, BestRows best, int threads)
    {
        SearchWindow[] work = threads == 1 ? [.. windows] : Share(windows, threads);
        int workers = Math.Min(threads, work.Length);
        if (workers <= 1)
        {
            int next = -1;
            SearchNext(work, ref next, best);
            return;
        }

        int taken = -1;
        var found = new ConcurrentBag<BestRows>();
        Parallel.For(0, workers, _ =>
        {
            BestRows mine = NewBest();
            SearchNext(work, ref taken, mine);
            found.Add(mine);
        });
        foreach (BestRows others in found)
        {
            best.Offer(others);
        }
    }

    /// <summary>Parts of windows, a few for each thread, so that all are done at about the same time.</summary>
    private static SearchWindow[] Share(List<SearchWindow> windows, int threads)
    {
        const int PartsOfThread = 4;
        int rows = windows.Sum(window => window.To - window.From) / (threads * PartsOfThread);
        return [.. windows.SelectMany(window => window.Split(Math.Min(rows, SegmentLayout.Window)))];
    }

    private void SearchNext(SearchWindow[] work, ref int taken, BestRows best)
    {
        WindowSearch search = FreeSearches.TryTake(out WindowSearch? free) ? free : new WindowSearch();
        try
        {
            for (int i = Interlocked.Increment(ref taken); i < work.Length; i = Interlocked.Increment(ref taken))
            {
                limits.CancellationToken.ThrowIfCancellationRequested();
                search.Search(work[i], best);
            }
        }
        finally
        {
            FreeSearches.Add(search);
        }
    }

    private void SearchTail(BestRows best)
    {
        if (state.Tail.Count == 0)
        {
            return;
        }

        int length = query.Indices[^1] + 1;
        float[] weights = ArrayPool<float>.Shared.Rent(length);
        try
        {
            SparseScan.Spread(query, weights.AsSpan(0, length));
            state.Tail.OfferTo(
                best,
                vector => SparseScan.Score(weights.AsSpan(0, length), vector),
                limits.Filter,
                state.TailPosition,
                limits.CancellationToken);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(weights);
        }
    }
}
