using System.Diagnostics;
using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Queries;

/// <summary>How long one caller waits for one query of ten words: by a model, and looked up in an inference-free one.</summary>
internal static class QueryBenchmark
{
    private const string Query = "which planet is known as the red planet of mars";
    private const int QueriesOfARound = 200;

    private static readonly SpladeEncodingOptions AsQuery = new() { InputType = EmbeddingInputType.Query };

    public static Report Run()
    {
        using SpladeEngine model = Load(Path.Combine(Repository.Models, "splade-tiny"));
        using SpladeEngine table = Load(Path.Combine(Repository.TestData, "models", "inference-free-idf"));
        (string Name, SpladeEngine Engine)[] contenders = [("splade-tiny, by the model", model), ("inference-free, looked up", table)];
        double[][][] rounds = [.. contenders.Select(_ => new double[Rounds.Default][])];
        foreach ((_, SpladeEngine engine) in contenders)
        {
            Measure(engine); // Warm-up.
        }

        for (int round = 0; round < Rounds.Default; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                rounds[i][round] = Measure(contenders[i].Engine);
            }
        }

        return new Report(
            "Queries",
            $"Microseconds from the call of EncodeAsync to its result for one query of ten words, one at a time: {Rounds.Default} rounds of "
            + $"{QueriesOfARound} queries after a warm-up, the contenders in turn.",
            [Format([.. contenders.Select(c => c.Name)], rounds)]);
    }

    private static SpladeEngine Load(string folder) => SpladeEngine.CreateAsync(folder).GetAwaiter().GetResult();

    private static double[] Measure(SpladeEngine engine)
    {
        double[] times = new double[QueriesOfARound];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            engine.EncodeAsync([Query], AsQuery).GetAwaiter().GetResult();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static string Format(string[] names, double[][][] rounds)
    {
        var table = new StringBuilder()
            .AppendLine("| query | p50, best round | p50, median round | p99, median round | ratio of p50, median |")
            .AppendLine("|---|---:|---:|---:|---:|");
        double baseline = Median(rounds[0], 0.5);
        for (int i = 0; i < names.Length; i++)
        {
            double best = rounds[i].Min(times => At(times, 0.5));
            double p50 = Median(rounds[i], 0.5);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {names[i]} | {best:N1} | {p50:N1} | {Median(rounds[i], 0.99):N1} | {p50 / baseline:N4} |");
        }

        return table.ToString();
    }

    private static double Median(double[][] rounds, double quantile) => At([.. rounds.Select(times => At(times, quantile)).Order()], 0.5);

    private static double At(double[] sorted, double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];
}
