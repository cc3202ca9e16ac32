using System.Diagnostics;
using Splade.Benchmarks.Latency;

namespace Splade.Benchmarks.Searching;

/// <summary>How long a contender takes for each of some queries: the best of several rounds.</summary>
internal static class SearchTimes
{
    /// <summary>The compiler needs that long to notice what is used often, and to compile it again.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <param name="queries">The queries.</param>
    /// <param name="rounds">How often each is searched for at least, within a second or more and after another that does not count.</param>
    /// <param name="search">Searches.</param>
    public static Percentiles Measure<TQuery>(IReadOnlyList<TQuery> queries, int rounds, Action<TQuery> search)
    {
        Repeat(1);
        return new Percentiles(Repeat(rounds));

        double[] Repeat(int rounds)
        {
            double[] best = [.. Enumerable.Repeat(double.PositiveInfinity, queries.Count)];
            long begin = Stopwatch.GetTimestamp();
            for (int round = 0; round < rounds || Stopwatch.GetElapsedTime(begin) < Least; round++)
            {
                for (int i = 0; i < queries.Count; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    search(queries[i]);
                    best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            return best;
        }
    }
}
