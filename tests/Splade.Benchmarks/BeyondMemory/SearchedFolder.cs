using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Memory;
using Splade.Benchmarks.Searching;

namespace Splade.Benchmarks.BeyondMemory;

/// <summary>Searches of a folder by a process that has just begun, of files that the system has forgotten.</summary>
/// <param name="OpenSeconds">The time to open it, without its checksums.</param>
/// <param name="Cold">Milliseconds of each search, the first time.</param>
/// <param name="Warm">Milliseconds of each search, the second to the last time.</param>
/// <param name="Faults">How many pages a warm search waited for on average.</param>
/// <param name="Best">The best keys and scores of all searches, as one hash.</param>
internal sealed record SearchedFolder(double OpenSeconds, double[] Cold, double[] Warm, double Faults, string Best)
{
    public const string Name = "child-search-folder";

    public static readonly IReadOnlyList<BenchmarkOption> Options =
        [new("--folder", "FOLDER", ""), new("--topics", "N", ""), new("--queries", "N", "")];

    private const int Rounds = 3;

    public static SearchedFolder Measure(string folder, int? topics, int queries, MemoryGroup? group)
    {
        PageCache.Forget(folder);
        return ChildProcess.Run<SearchedFolder>(
            group?.Processes,
            Name,
            [
                "--folder", folder, "--queries", queries.ToString(CultureInfo.InvariantCulture), .. BeyondMemoryBenchmark.TopicsOption(topics),
                ]);
    }

    public static void RunInChild(Arguments arguments)
    {
        IVectorGenerator generator = BeyondMemoryBenchmark.Generator(arguments.Number("--topics"));
        SparseVector[] queries = [.. Enumerable.Range(0, arguments.Number("--queries")!.Value).Select(_ => generator.Query())];
        Prepare(queries);
        long start = Stopwatch.GetTimestamp();
        using SparseIndex<int> index = SparseIndex.Open<int>(arguments.Text("--folder")!, new SearchIndexOptions { SearchThreads = 1, VerifyOnOpen = false });
        double openSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var best = new List<byte>();
        double[] cold = Times();
        long before = PageFaults();
        double[] warm = [.. Enumerable.Range(0, Rounds).SelectMany(_ => Times())];
        double faults = (double)(PageFaults() - before) / warm.Length;
        ChildProcess.Reply(new SearchedFolder(openSeconds, cold, warm, faults, Convert.ToHexString(SHA256.HashData([.. best]))));

        double[] Times() => Array.ConvertAll(queries, query =>
        {
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<SearchHit<int>> hits = index.Search(query, SearchRun.Top);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            best.AddRange(hits.SelectMany(hit => BitConverter.GetBytes(hit.Key).Concat(BitConverter.GetBytes(hit.Score))));
            return milliseconds;
        });
    }

    /// <summary>The compiler is done with what a search runs through before the first one counts.</summary>
    private static void Prepare(SparseVector[] queries)
    {
        var generator = new GeneratedVectors(seed: 3);
        using var index = new SparseIndex<int>(new SearchIndexOptions { SearchThreads = 1 });
        index.Upsert(Enumerable.Range(0, 20_000).Select(key => (key, generator.Document())));
        SearchTimes.Measure(queries, 1, query => index.Search(query, SearchRun.Top));
    }

    /// <summary>How often this process waited for a page that was on the disk.</summary>
    private static long PageFaults()
    {
        const int Major = 9;
        string stat = File.ReadAllText("/proc/self/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[Major], CultureInfo.InvariantCulture);
    }
}
