using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Models;

namespace Splade.Benchmarks.Startup;

/// <summary>What a user waits for a program that does one thing and ends, beside an empty program.</summary>
internal static class StartupBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--rounds", "N", $"how many starts of each: {DefaultRounds} unless given"),
        new("--published", "", "the programs as the last run has published them"),
    ];

    private const int DefaultRounds = 9;
    private const string Question = "How long do refunds take?";

    /// <exception cref="UsageException">A program could not be published, or failed.</exception>
    public static Report Run(Arguments arguments)
    {
        int rounds = arguments.Number("--rounds") ?? DefaultRounds;
        StartedProgram.IsPublished = arguments.Has("--published");
        string loader = StartedProgram.WriteLoader();
        (string Form, bool IsReadyToRun)[] forms = [("as built", false), ("published with PublishReadyToRun", true)];
        var programs = new List<(string Name, StartedProgram Program)>();
        var loads = new List<(string Name, StartedProgram Program)>();
        foreach ((string form, bool isReadyToRun) in forms)
        {
            string empty = StartedProgram.Publish(loader, "Loader", isReadyToRun);
            programs.Add(($"an empty program, {form}", new StartedProgram(empty)));
            loads.Add(($"splade-tiny, {form}", new StartedProgram(empty, Path.Combine(Repository.Models, "splade-tiny"))));
            if (WeightFolder.OfSpladeTiny() is string weights)
            {
                loads.Add(($"splade-tiny from its weights, {form}", new StartedProgram(empty, weights)));
            }
        }

        foreach ((string form, bool isReadyToRun) in forms)
        {
            // The tool is packed for each platform; here for this one.
            string[] platform = [$"-p:ReadyToRun={isReadyToRun}", $"-p:ToolPackageRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}"];
            string splade = StartedProgram.Publish(Path.Combine(Repository.Root, "src", "Splade.Cli"), "splade", isReadyToRun, platform);
            string model = Path.Combine(Repository.Models, "splade-tiny"), input = Path.Combine(Path.GetDirectoryName(splade)!, "question.txt");
            File.WriteAllText(input, Question);
            programs.Add(($"splade encode of one text, {form}", new StartedProgram(splade, "encode", model, "--input", input)));
            programs.Add(($"splade explain of one text, {form}", new StartedProgram(splade, "explain", model, Question)));
        }

        foreach ((string form, bool isReadyToRun) in forms)
        {
            string chat = StartedProgram.Publish(Path.Combine(Repository.Root, "samples", "RagChat"), "RagChat", isReadyToRun);
            programs.Add(($"RagChat --ask, {form}", new StartedProgram(chat, "--ask", Question)));
        }

        // It builds what it runs, before the rounds.
        string[] command = ["run", Path.Combine(Repository.Root, "build.cs"), "--", "chat", "--ask", Question];
        programs.Add(("dotnet run build.cs -- chat --ask, nothing to build", new StartedProgram(command[0], command[1..])));
        return new Report(
            "Startup",
            $"Milliseconds of programs that do one thing and end, from their start to their end; and of SpladeEngine.CreateAsync in a new process: {rounds} starts "
            + $"after one that is not counted, the programs in turn within each round. RagChat answers from the index that its first start has left.",
            [
                Table("program", Measure(programs, rounds, run => run.Milliseconds)),
                Table("SpladeEngine.CreateAsync", Measure(loads, rounds, run => double.Parse(run.Output, CultureInfo.InvariantCulture))),
            ]);
    }

    private static List<(string Name, Percentiles Times)> Measure(
        List<(string Name, StartedProgram Program)> programs, int rounds, Func<(double Milliseconds, string Output), double> read)
    {
        List<double>[] times = [.. programs.Select(_ => new List<double>())];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < programs.Count; i++)
            {
                double time = read(programs[i].Program.Run());
                if (round >= 0)
                {
                    times[i].Add(time);
                }
            }
        }

        return [.. programs.Select((program, i) => (program.Name, new Percentiles(times[i])))];
    }

    // The first is what the others are compared with.
    private static string Table(string title, List<(string Name, Percentiles Times)> measured)
    {
        StringBuilder table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"| {title} | ms, best | ms, median | ratio of best | ratio of medians |")
            .AppendLine("|---|---:|---:|---:|---:|");
        Percentiles first = measured[0].Times;
        foreach ((string name, Percentiles times) in measured)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {times.Best:N0} | {times.Median:N0} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {times.Best / first.Best:N2} | {times.Median / first.Median:N2} |");
        }

        return table.ToString();
    }
}
