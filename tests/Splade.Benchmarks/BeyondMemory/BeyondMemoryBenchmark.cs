using System.Globalization;
using System.Text;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Searching;

namespace Splade.Benchmarks.BeyondMemory;

/// <summary>How long the best ten of a folder take that is larger than the memory for it.</summary>
internal static class BeyondMemoryBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--size", "N", "how many generated documents, 0.73 KB each: 4000000 unless given"),
        new("--topics", "N", "with terms that go together, in so many topics: independent terms unless given"),
        new("--memory", "MB[,MB...]", "how much memory the processes have, and the system for their files: 512, 1024 and 2048 unless given"),
        new("--folder", "FOLDER", "where the index is, and stays: a temporary one that is deleted unless given"),
    ];

    private const int Queries = 200;
    private const int DefaultSize = 4_000_000;
    private const long Mega = 1 << 20;

    public static IVectorGenerator Generator(int? topics) => topics is int count ? new TopicVectors(seed: 1, count) : new GeneratedVectors(seed: 1);

    /// <summary>What children get, so that they generate the same.</summary>
    public static string[] TopicsOption(int? topics) => topics is int count ? ["--topics", count.ToString(CultureInfo.InvariantCulture)] : [];

    public static Report Run(Arguments arguments)
    {
        int size = arguments.Number("--size") ?? DefaultSize;
        int? topics = arguments.Number("--topics");
        long[] limits = [.. (arguments.List("--memory") ?? ["512", "1024", "2048"]).Select(text => long.Parse(text, CultureInfo.InvariantCulture) * Mega)];
        string folder = arguments.Text("--folder") ?? Directory.CreateTempSubdirectory("splade-beyond-").FullName;
        try
        {
            var table = new StringBuilder();
            Directory.CreateDirectory(folder);
            if (Directory.GetFiles(folder).Length == 0)
            {
                using MemoryGroup group = MemoryGroup.Create(limits.Max());
                FilledFolder filled = FilledFolder.Make(folder, size, topics, group);
                table.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{size:N0} documents, {filled.Bytes / Mega:N0} MB on disk, put in and merged within {limits.Max() / Mega:N0} MB in {filled.Seconds:N0} s "
                    + $"({size / filled.Seconds:N0} a second, with their generation).");
                table.AppendLine();
            }

            table.AppendLine("| memory | opened in s | cold p50 | cold p99 | warm p50 | warm p99 | pages that a warm search waits for |");
            table.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
            var best = new HashSet<string>();
            foreach (long? limit in limits.Order().Select(bytes => (long?)bytes).Append(null))
            {
                using MemoryGroup? group = limit is long bytes ? MemoryGroup.Create(bytes) : null;
                SearchedFolder searched = SearchedFolder.Measure(folder, topics, Queries, group);
                best.Add(searched.Best);
                var (cold, warm) = (new Percentiles(searched.Cold), new Percentiles(searched.Warm));
                table.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"| {(limit is long some ? $"{some / Mega:N0} MB" : "all of the machine")} | {searched.OpenSeconds:N2} | {cold.Median:N2} | {cold.At(0.99):N2} "
                    + $"| {warm.Median:N2} | {warm.At(0.99):N2} | {searched.Faults:N1} |");
            }

            return new Report(
                "Search beyond memory",
                $"Milliseconds for the best {SearchRun.Top} of documents in a folder on disk, one thread, {Queries} queries of 43 terms one after the other, each process new and "
                + "the system having forgotten the files: the first time each (cold), and three times more (warm). The memory is that of a control group: "
                + "of the process, and of what the system keeps of its files.",
                [table.ToString()])
            {
                Failure = best.Count == 1 ? null : "The results were not the same with all amounts of memory.",
            };
        }
        finally
        {
            if (arguments.Text("--folder") is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
