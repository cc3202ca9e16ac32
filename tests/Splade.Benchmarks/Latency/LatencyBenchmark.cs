using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Latency;

/// <summary>How long a caller waits for a short query, alone and among others, and for the model to load.</summary>
internal static class LatencyBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--models", "tiny,minilm,base", "which models: tiny unless given"),
        new("--model", "FOLDER", "a model of yours instead"),
        new("--queries", "N", $"how many queries each number of callers sends: {DefaultQueries} unless given"),
    ];

    private const int DefaultQueries = 2000;
    private const int TokensOfAQuery = 16;
    private const int DifferentQueries = 64;

    private static readonly int[] Callers = [1, 8, 64];

    public static Report Run(Arguments arguments)
    {
        int queries = arguments.Number("--queries") ?? DefaultQueries;
        return new Report(
            "Latency",
            $"Milliseconds from the call of EncodeAsync to its result for one query of {TokensOfAQuery} tokens, special tokens included: so many callers, "
            + $"each with its next query as soon as it has the result of the last, {queries} queries in all after a warm-up. Loading is the time of "
            + $"SpladeEngine.CreateAsync in a new process, {LoadCommand.Runs} times, and from there to the result of the first query.",
            [.. EncodeModel.Find(arguments).Select(model => Measure(model, queries))]);
    }

    private static string Measure(EncodeModel model, int queries)
    {
        string folder = model.Folder();
        LoadTime[] loads = [.. Enumerable.Range(0, LoadCommand.Runs).Select(_ => LoadCommand.Measure(folder))];
        using SpladeEngine engine = SpladeEngine.CreateAsync(folder).GetAwaiter().GetResult();
        var generator = new TextGenerator(engine.Tokenizer);
        string[] texts = [.. Enumerable.Range(0, DifferentQueries).Select(i => generator.Text(TokensOfAQuery, seed: i))];
        var table = new StringBuilder($"{model.Name}:\n\n").AppendLine("| callers | p50 | p95 | p99 | queries/s |").AppendLine("|---:|---:|---:|---:|---:|");
        foreach (int callers in Callers)
        {
            CallersAtWork.Run(engine, texts, callers, queries / 10);
            CallTimes times = CallersAtWork.Run(engine, texts, callers, queries);
            table.Append(CultureInfo.InvariantCulture, $"| {callers} | {times.Milliseconds.Median:N2} | {times.Milliseconds.At(0.95):N2} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {times.Milliseconds.At(0.99):N2} | {times.PerSecond:N0} |");
        }

        return table
            .AppendLine()
            .AppendLine("| milliseconds | best | median |")
            .AppendLine("|---|---:|---:|")
            .AppendLine(Row("load", loads.Select(t => t.Load)))
            .AppendLine(Row("load and first query", loads.Select(t => t.FirstResult)))
            .ToString();
    }

    private static string Row(string name, IEnumerable<double> times)
    {
        var percentiles = new Percentiles(times);
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {percentiles.Best:N0} | {percentiles.Median:N0} |");
    }
}
