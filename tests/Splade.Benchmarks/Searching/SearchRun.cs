using System.Diagnostics;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Searching;

/// <summary>An index of some vectors in a folder, built, opened again and searched.</summary>
/// <param name="Documents">How many documents.</param>
/// <param name="BuildSeconds">The time to put them in, to make one segment of them, and to bring all to the disk.</param>
/// <param name="DiskBytes">The bytes of the folder.</param>
/// <param name="OpenSeconds">The time to open the folder, all bytes checked.</param>
/// <param name="Growth">By how much the process's resident memory grew with the opened index and its searches, garbage left out on both sides.</param>
/// <param name="Times">Milliseconds of the searches, by the number of threads.</param>
/// <param name="Exactness">The share of the queries with the same keys, order and scores as scoring each document.</param>
internal sealed record SearchRun(
    int Documents,
    double BuildSeconds,
    long DiskBytes,
    double OpenSeconds,
    long Growth,
    IReadOnlyList<(int Threads, Percentiles Milliseconds)> Times,
    double Exactness)
{
    public const int Top = 10;

    private const int Rounds = 5;

    /// <summary>Scoring every document takes so long that more would be waiting.</summary>
    private const int Compared = 50;

    public static SearchRun Measure(SparseVector[] documents, IReadOnlyList<SparseVector> queries, IReadOnlyList<int> threads)
    {
        string folder = Directory.CreateTempSubdirectory("splade-search-").FullName;
        try
        {
            long start = Stopwatch.GetTimestamp();
            Fill(folder, documents);
            double buildSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long bytes = Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length);
            long before = ProcessMemory.WithoutGarbage();
            start = Stopwatch.GetTimestamp();
            SparseIndex<int> index = SparseIndex.Open<int>(folder);
            double openSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var times = new List<(int, Percentiles)>();
            long growth = 0;
            foreach (int count in threads)
            {
                index.Dispose();
                index = SparseIndex.Open<int>(folder, new SearchIndexOptions { SearchThreads = count });
                times.Add((count, SearchTimes.Measure(queries, Rounds, query => index.Search(query, Top))));
                growth = Math.Max(growth, ProcessMemory.WithoutGarbage() - before);
            }

            int exact = queries.Take(Compared).Count(query => ScoreEach.Search(documents, query, Top)
                .SequenceEqual(index.Search(query, Top).Select(hit => (hit.Key, hit.Score))));
            index.Dispose();
            return new SearchRun(documents.Length, buildSeconds, bytes, openSeconds, growth, times, (double)exact / Math.Min(Compared, queries.Count));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(string folder, SparseVector[] documents)
    {
        using SparseIndex<int> index = SparseIndex.Open<int>(folder);
        index.Upsert(documents.Select((document, row) => (row, document)));
        index.ForceMergeAsync().GetAwaiter().GetResult();
    }
}
