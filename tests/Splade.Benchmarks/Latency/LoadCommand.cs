using System.Diagnostics;
using Splade.AI;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Latency;

/// <summary>How long a model takes to load. Runs in a child, where nothing is compiled or warm.</summary>
internal static class LoadCommand
{
    public const string Name = "child-load";

    /// <summary>The first may have to read the file from the disk; the others find it in memory.</summary>
    public const int Runs = 5;

    public static readonly IReadOnlyList<BenchmarkOption> Options = [new("--model", "FOLDER", "")];

    public static LoadTime Measure(string modelFolder) => ChildProcess.Run<LoadTime>(Name, "--model", modelFolder);

    public static void RunInChild(Arguments arguments)
    {
        var clock = Stopwatch.StartNew();
        using SpladeEngine engine = SpladeEngine.CreateAsync(arguments.Text("--model")!).GetAwaiter().GetResult();
        double load = clock.Elapsed.TotalMilliseconds;
        engine.EncodeAsync(["a first query"]).GetAwaiter().GetResult();
        ChildProcess.Reply(new LoadTime(load, clock.Elapsed.TotalMilliseconds));
    }
}
