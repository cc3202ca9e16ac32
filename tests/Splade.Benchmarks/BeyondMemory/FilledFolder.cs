using System.Diagnostics;
using System.Globalization;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Memory;
using Splade.Benchmarks.Searching;

namespace Splade.Benchmarks.BeyondMemory;

/// <summary>An index in a folder, filled by a process of its own that never holds all documents.</summary>
/// <param name="Seconds">How long it took, with the generation of the documents.</param>
/// <param name="Bytes">The bytes of the folder.</param>
/// <param name="Peak">The most resident memory that the process had, mapped files with it.</param>
internal sealed record FilledFolder(double Seconds, long Bytes, long Peak)
{
    public const string Name = "child-fill-folder";

    public static readonly IReadOnlyList<BenchmarkOption> Options =
        [new("--folder", "FOLDER", ""), new("--size", "N", ""), new("--topics", "N", "")];

    private const int AtOnce = 10_000;

    public static FilledFolder Make(string folder, int size, int? topics, MemoryGroup? group) => ChildProcess.Run<FilledFolder>(
        group?.Processes,
        Name,
        [
            "--folder", folder, "--size", size.ToString(CultureInfo.InvariantCulture), .. BeyondMemoryBenchmark.TopicsOption(topics),
        ]);

    public static void RunInChild(Arguments arguments)
    {
        string folder = arguments.Text("--folder")!;
        int size = arguments.Number("--size")!.Value;
        IVectorGenerator generator = BeyondMemoryBenchmark.Generator(arguments.Number("--topics"));
        long start = Stopwatch.GetTimestamp();
        using (SparseIndex<int> index = SparseIndex.Open<int>(folder))
        {
            for (int row = 0; row < size; row += AtOnce)
            {
                (int, SparseVector)[] documents = [.. Enumerable.Range(row, Math.Min(AtOnce, size - row)).Select(key => (key, generator.Document()))];
                index.Upsert(documents);
            }

            index.ForceMergeAsync().GetAwaiter().GetResult();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        ChildProcess.Reply(new FilledFolder(seconds, Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length), ProcessMemory.Peak));
    }
}
