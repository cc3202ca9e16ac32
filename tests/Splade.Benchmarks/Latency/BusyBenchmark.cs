using System.Diagnostics;
using System.Globalization;
using System.Text;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Latency;

/// <summary>How long single queries take while documents are encoded in long calls, and what they cost those.</summary>
internal static class BusyBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--encoders", BusyEncoder.Names, "which encoders: all unless given"),
        new("--documents", "N", "how many documents a round encodes: some seconds of work unless given"),
        new("--per-second", "N", $"how many queries come in a second: {DefaultRate} unless given"),
        new("--rounds", "N", $"how many rounds: {DefaultRounds} unless given"),
    ];

    private const int DefaultRate = 10;
    private const int DefaultRounds = 15;

    private static readonly string[] Queries =
    [
        "what similarity laws must be obeyed for heated models", "how long do refunds take", "which planet is known as the red planet",
        "boundary layer of a flat plate in a shear flow", "when was the treaty signed and by whom",
    ];

    public static Report Run(Arguments arguments)
    {
        int rate = arguments.Number("--per-second") ?? DefaultRate, rounds = arguments.Number("--rounds") ?? DefaultRounds;
        return new Report(
            "Queries while documents are encoded",
            $"Milliseconds from the call to its result for one query of five to ten words; {rate} come in a second, at uneven intervals, whether the one before has been "
            + "answered or not. Idle: nothing else is asked of the process. Busy: one call encodes documents of Cranfield's lengths, as many at a time as it likes. "
            + $"{rounds} rounds after a warm-up, in each of them the documents alone, the queries alone for as long, and both.",
            [.. BusyEncoder.Find(arguments.List("--encoders")).Select(encoder => Measure(encoder, rate, rounds, arguments.Number("--documents")))]);
    }

    private static string Measure(BusyEncoder encoder, int rate, int rounds, int? documents)
    {
        using (encoder)
        {
            string[] texts = [.. Texts().Repeat(documents ?? encoder.Documents)];
            var queries = new QueriesAtIntervals(number => encoder.EncodeQuery(Queries[number % Queries.Length]), rate);
            List<double> idle = [], busy = [], alone = [], together = [];
            for (int round = -1; round < rounds; round++)
            {
                double[] took = RoundAsync(encoder, texts, queries, idle, busy).GetAwaiter().GetResult();
                if (round < 0)
                {
                    // What was compiled meanwhile took its time.
                    idle.Clear();
                    busy.Clear();
                    continue;
                }

                alone.Add(texts.Length / took[0]);
                together.Add(texts.Length / took[1]);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"> {encoder.Name}, round {round + 1}: {alone[^1]:N1} documents/s alone, {together[^1]:N1} with queries"));
            }

            return Format(encoder.Name, new Percentiles(idle), new Percentiles(busy), new Percentiles(alone).Median, new Percentiles(together).Median);
        }
    }

    private static async Task<double[]> RoundAsync(BusyEncoder encoder, string[] texts, QueriesAtIntervals queries, List<double> idle, List<double> busy)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        await encoder.EncodeDocuments(texts);
        TimeSpan alone = Stopwatch.GetElapsedTime(start);
        idle.AddRange(await queries.RunWhileAsync(Task.Delay(alone)));
        start = Stopwatch.GetTimestamp();
        TimeSpan together = default;
        busy.AddRange(await queries.RunWhileAsync(EncodeAsync()));
        return [alone.TotalSeconds, together.TotalSeconds];

        async Task EncodeAsync()
        {
            await encoder.EncodeDocuments(texts);
            together = Stopwatch.GetElapsedTime(start);
        }
    }

    private static Documents Texts() => CranfieldCorpus.Read() is Documents read ? read.Sample(read.Texts.Count)
        : throw new UsageException("Cranfield is not here. Put the collection into the shared folder.");

    private static string Format(string name, Percentiles idle, Percentiles busy, double alone, double together) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{name}, {busy.Count} queries while busy; documents/s, medians: {alone:N1} alone, {together:N1} with the queries, ")
        .AppendLine(CultureInfo.InvariantCulture, $"{together / alone:P0}.\n")
        .AppendLine("| milliseconds of a query | p50 | p90 | p99 | most |")
        .AppendLine("|---|---:|---:|---:|---:|")
        .AppendLine(Row("idle", idle, "N2"))
        .AppendLine(Row("while documents are encoded", busy, "N2"))
        .Append("| ratio ")
        .AppendLine(string.Concat(Shares.Select(s => string.Create(CultureInfo.InvariantCulture, $"| {busy.At(s) / idle.At(s):N2} "))) + "|")
        .ToString();

    private static readonly double[] Shares = [0.5, 0.9, 0.99, 1];

    private static string Row(string name, Percentiles times, string format) =>
        $"| {name} {string.Concat(Shares.Select(s => $"| {times.At(s).ToString(format, CultureInfo.InvariantCulture)} "))}|";
}
