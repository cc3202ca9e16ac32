using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Latency;

namespace Splade.Benchmarks.Searching;

/// <summary>Many searchers that never rest, while one writer upserts a thousand documents a second into the same folder.</summary>
internal static class BusyIndex
{
    private const int Searchers = 64;
    private const int WritesPerSecond = 1000;
    private const int WritesAtOnce = 10;

    public static string Measure(int size, int seconds)
    {
        var generated = new GeneratedVectors(seed: 2);
        SparseVector[] documents = [.. Enumerable.Range(0, size).Select(_ => generated.Document())];
        SparseVector[] queries = [.. Enumerable.Range(0, 200).Select(_ => generated.Query())];
        SparseVector[] later = [.. Enumerable.Range(0, seconds * WritesPerSecond).Select(_ => generated.Document())];
        string folder = Directory.CreateTempSubdirectory("splade-busy-").FullName;
        try
        {
            using SparseIndex<int> index = SparseIndex.Open<int>(folder);
            index.Upsert(documents.Select((document, row) => (row, document)));
            return Describe(size, seconds, Run(index, documents, queries, later));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>Milliseconds of each search, how many results were wrong, and how many documents were written.</returns>
    private static (double[] Times, int Wrong, int Written) Run(SparseIndex<int> index, SparseVector[] documents, SparseVector[] queries, SparseVector[] later)
    {
        // Documents come in place of others from the first on: a hit's score is that of the old one or of the new one.
        using var stop = new CancellationTokenSource();
        var times = new ConcurrentBag<double[]>();
        int wrong = 0;
        var threads = new List<Thread>();
        for (int s = 0; s < Searchers; s++)
        {
            int first = s;
            var thread = new Thread(() =>
            {
                var mine = new List<double>();
                for (int i = first; !stop.IsCancellationRequested; i++)
                {
                    SparseVector query = queries[i % queries.Length];
                    long start = Stopwatch.GetTimestamp();
                    IReadOnlyList<SearchHit<int>> hits = index.Search(query, SearchRun.Top);
                    mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    if (!IsRight(hits, query))
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }

                times.Add([.. mine]);
            });
            thread.Start();
            threads.Add(thread);
        }

        int written = 0;
        long began = Stopwatch.GetTimestamp();
        while (written < later.Length)
        {
            int from = written;
            index.Upsert(later.Skip(from).Take(WritesAtOnce).Select((document, i) => ((from + i) % documents.Length, document)));
            written += WritesAtOnce;
            double ahead = ((double)written / WritesPerSecond) - Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (ahead > 0)
            {
                Thread.Sleep(TimeSpan.FromSeconds(ahead));
            }
        }

        stop.Cancel();
        threads.ForEach(thread => thread.Join());
        return ([.. times.SelectMany(all => all)], wrong, written);

        bool IsRight(IReadOnlyList<SearchHit<int>> hits, SparseVector query) => hits.Count == SearchRun.Top
            && hits.Zip(hits.Skip(1)).All(pair => pair.First.Score >= pair.Second.Score)
            && hits.All(hit => hit.Score == query.Dot(documents[hit.Key]) || (hit.Key < later.Length && hit.Score == query.Dot(later[hit.Key])));
    }

    private static string Describe(int size, int seconds, (double[] Times, int Wrong, int Written) run)
    {
        var times = new Percentiles(run.Times);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Searchers} searchers that never rest and a writer, {size:N0} documents in a folder, {seconds} seconds: {run.Times.Length / (double)seconds:N0} searches a second, "
            + $"p50 {times.Median:N3} ms, p99 {times.At(0.99):N3} ms ({times.At(0.99) / times.Median:N1} times), {run.Written} documents written, {run.Wrong} wrong results.\n");
    }
}
