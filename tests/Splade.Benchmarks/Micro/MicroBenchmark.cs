using System.Globalization;
using System.Text;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Micro;

/// <summary>The parts that are too short for rounds of half a second, by BenchmarkDotNet.</summary>
internal static class MicroBenchmark
{
    private static readonly Type[] Suites = [typeof(TokenizerMicro), typeof(PoolingMicro), typeof(VectorMicro)];

    public static Report Run(Arguments arguments)
    {
        ManualConfig config = Config(arguments.Rest);
        Summary[] summaries = [.. Suites.Select(suite => BenchmarkRunner.Run(suite, config)).Where(summary => summary.Reports.Any(report => report.Success))];
        if (summaries.Length == 0)
        {
            throw new UsageException($"no micro-benchmark has '{string.Join(' ', arguments.Rest)}' in its name.");
        }

        return new Report(
            "Parts",
            $"Nanoseconds by BenchmarkDotNet {typeof(BenchmarkRunner).Assembly.GetName().Version?.ToString(3)}, short job, inside this process.",
            [.. summaries.Select(Format)]);
    }

    // Inside this process, because the usual project of its own would have to restore packages.
    private static ManualConfig Config(IReadOnlyList<string> filters)
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(new StreamLogger(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true }))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "splade-micro-benchmarks"));
        return filters.Count == 0 ? config : config.AddFilter(new GlobFilter([.. filters.Select(f => $"*{f}*")]));
    }

    private static string Format(Summary summary)
    {
        StringBuilder table = new StringBuilder()
            .AppendLine("| part | mean ns | median ns | deviation ns | bytes allocated |")
            .AppendLine("|---|---:|---:|---:|---:|");
        foreach (BenchmarkReport report in summary.Reports.Where(r => r.Success))
        {
            BenchmarkDotNet.Mathematics.Statistics times = report.ResultStatistics!;
            table.Append(CultureInfo.InvariantCulture, $"| {report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo}{Parameters(report)} | {times.Mean:N1} | {times.Median:N1} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {times.StandardDeviation:N1} | {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase):N0} |");
        }

        return $"{summary.BenchmarksCases[0].Descriptor.Type.Name.Replace("Micro", "")}:\n\n{table}";
    }

    private static string Parameters(BenchmarkReport report) =>
        report.BenchmarkCase.HasParameters ? $", {report.BenchmarkCase.Parameters.DisplayInfo}" : "";
}
