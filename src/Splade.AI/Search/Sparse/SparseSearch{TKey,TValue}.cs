using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Sparse;

/// <summary>One search by sparse vectors: of all windows of a table's segments, and of the rows behind them.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="state">What the table holds.</param>
/// <param name="access">Where the values have their vectors.</param>
/// <param name="query">The query.</param>
/// <param name="limits">Where to end.</param>
/// <param name="filter">Which rows may be hits, in place of the limits' filter; null for all.</param>
internal sealed class SparseSearch<TKey, TValue>(
    IndexState<TKey, TValue> state,
    VectorAccess<TValue, SparseVector, SparseSegment> access,
    SparseVector query,
    SearchLimits<TKey> limits,
    RowFilter<TValue>? filter = null)
    where TKey : notnull
    where TValue : class
{
    /// <summary>The hits, best first, of equal scores the one that was put in earlier.</summary>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    public SearchHit<TKey>[] Run(int threads)
    {
        BestRows best = limits.NewBest();
        SparseScan.OfferTo(best, state.Tail, access.Vector, query, limits, filter?.IsHit, state.TailPosition);
        SegmentQuery?[] queries = [.. state.Parts.Select(part => SegmentQuery.Create(query, access.Segment(part.Segment), limits.Approximation))];
        try
        {
            ScoreFew(queries, best);
            SharedWork.Search(Share(Windows(queries), threads), threads, best, FreeWindowSearches.Search, limits.CancellationToken);
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

    /// <summary>Scores the rows of segments of which the filter leaves few.</summary>
    private unsafe void ScoreFew(SegmentQuery?[] queries, BestRows best)
    {
        long position = 0;
        for (int i = 0; i < queries.Length; i++)
        {
            if (queries[i] is SegmentQuery prepared && HasFew(i))
            {
                fixed (float* weights = prepared.Weights)
                {
                    foreach (int row in filter!.Part(i).Rows)
                    {
                        best.Offer(prepared.Segment.Score(row, weights), position + row);
                    }
                }

                GC.KeepAlive(prepared.Segment);
            }

            position += state.Parts[i].Segment.Rows;
        }
    }

    private bool HasFew(int part) => filter?.HasFew(part, state.Parts[part].Segment.Rows) is true;

    private List<SearchWindow> Windows(SegmentQuery?[] queries)
    {
        var windows = new List<SearchWindow>();
        long position = 0;
        for (int i = 0; i < queries.Length; i++)
        {
            if (queries[i] is SegmentQuery prepared && !HasFew(i))
            {
                Func<int, bool>? isHit = filter is null ? state.Parts[i].Hits(limits.Filter) : filter.Part(i).Contains;
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
}
