using System.Diagnostics;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Searching;

/// <summary>An index of some vectors, built and searched.</summary>
/// <param name="Documents">How many documents.</param>
/// <param name="BuildSeconds">The time to put them in and make one segment of them.</param>
/// <param name="Growth">By how much the process's resident memory grew.</param>
/// <param name="Times">Milliseconds of the searches, by the number of threads.</param>
/// <param name="Exactness">The share of the queries with the same keys, order and scores as scoring each document.</param>
internal sealed record SearchRun(int Documents, double BuildSeconds, long Growth, IReadOnlyList<(int Threads, Percentiles Milliseconds)> Times, double Exactness)
{
    public const int Top = 10;

    private const int Rounds = 5;

    /// <summary>Scoring every document takes so long that more would be waiting.</summary>
    private const int Compared = 50;

    public static SearchRun Measure(SparseVector[] documents, IReadOnlyList<SparseVector> queries, IReadOnlyList<int> threads)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        long before = ProcessMemory.Now;
        long start = Stopwatch.GetTimestamp();
        var indexes = threads.Select(count => new SparseIndex<int>(new SearchIndexOptions { SearchThreads = count })).ToArray();
        Fill(indexes[0], documents);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        long growth = ProcessMemory.Now - before;
        var times = new List<(int, Percentiles)>();
        for (int i = 0; i < indexes.Length; i++)
        {
            if (i > 0)
            {
                Fill(indexes[i], documents);
            }

            SparseIndex<int> index = indexes[i];
            times.Add((threads[i], SearchTimes.Measure(queries, Rounds, query => index.Search(query, Top))));
        }

        int exact = queries.Take(Compared).Count(query => ScoreEach.Search(documents, query, Top)
            .SequenceEqual(indexes[0].Search(query, Top).Select(hit => (hit.Key, hit.Score))));
        return new SearchRun(documents.Length, seconds, growth, times, (double)exact / Math.Min(Compared, queries.Count));
    }

    private static void Fill(SparseIndex<int> index, SparseVector[] documents)
    {
        index.Upsert(documents.Select((document, row) => (row, document)));
        index.OptimizeAsync().GetAwaiter().GetResult();
    }
}
