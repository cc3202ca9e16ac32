using System.Diagnostics;
using Splade.Benchmarks.Latency;

namespace Splade.Benchmarks.Searching;

/// <summary>How long a contender takes for each of some queries: the best of several rounds.</summary>
internal static class SearchTimes
{
    /// <param name="queries">The queries.</param>
    /// <param name="rounds">How often each is searched for, after a round that does not count.</param>
    /// <param name="search">Searches.</param>
    public static Percentiles Measure<TQuery>(IReadOnlyList<TQuery> queries, int rounds, Action<TQuery> search)
    {
        double[] best = [.. Enumerable.Repeat(double.PositiveInfinity, queries.Count)];
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < queries.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                search(queries[i]);
                double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                best[i] = round == 0 ? best[i] : Math.Min(best[i], milliseconds);
            }
        }

        return new Percentiles(best);
    }
}
