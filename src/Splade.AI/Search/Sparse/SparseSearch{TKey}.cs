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

    /// <summary>The hits, best first, of equal scores the one that was put in earlier.</summary>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    public SearchHit<TKey>[] Run(int threads)
    {
        BestRows best = limits.NewBest();
        SparseScan.OfferTo(best, state.Tail, static vector => vector, query, limits, state.TailPosition);
        SegmentQuery?[] queries = [.. state.Parts.Select(part => SegmentQuery.Create(query, (SparseSegment)part.Segment))];
        try
        {
            SharedWork.Search(Share(Windows(queries), threads), threads, best, Search, limits.CancellationToken);
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

    /// <summary>Parts of windows, a few for each of several threads, so that all are done at about the same time.</summary>
    private static SearchWindow[] Share(List<SearchWindow> windows, int threads)
    {
        const int PartsOfThread = 2;
        if (threads == 1)
        {
            return [.. windows];
        }

        int rows = windows.Sum(window => window.To - window.From) / (threads * PartsOfThread);
        return [.. windows.SelectMany(window => window.Split(Math.Min(rows, SegmentLayout.Window)))];
    }

    private static void Search(IEnumerable<SearchWindow> work, BestRows best)
    {
        WindowSearch search = FreeSearches.TryTake(out WindowSearch? free) ? free : new WindowSearch();
        try
        {
            foreach (SearchWindow window in work)
            {
                search.Search(window, best);
            }
        }
        finally
        {
            FreeSearches.Add(search);
        }
    }
}
