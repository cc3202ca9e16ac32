using System.Collections.Concurrent;

namespace Splade.AI.Search.Sparse;

/// <summary>Window searches that nobody uses now: their sums are memory that the next search of any table takes.</summary>
internal static class FreeWindowSearches
{
    private static readonly ConcurrentBag<WindowSearch> Free = [];

    /// <summary>Searches windows, one after the other.</summary>
    public static void Search(IEnumerable<SearchWindow> work, BestRows best)
    {
        WindowSearch search = Free.TryTake(out WindowSearch? free) ? free : new WindowSearch();
        try
        {
            foreach (SearchWindow window in work)
            {
                search.Search(window, best);
            }
        }
        finally
        {
            Free.Add(search);
        }
    }
}
