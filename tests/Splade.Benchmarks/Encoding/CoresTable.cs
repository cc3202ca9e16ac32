using System.Globalization;
using System.Text;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Latency;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Encoding;

/// <summary>Throughput against processors.</summary>
internal static class CoresTable
{
    private const int DefaultRounds = 5;

    /// <summary>Documents for each processor: each has some batches in a round.</summary>
    private const int RoundsOfDocuments = 2;

    /// <exception cref="UsageException">A count is no number above 0, or this system cannot restrict processes.</exception>
    public static Report Run(IReadOnlyList<string> cores, Arguments arguments)
    {
        int[] counts = [.. cores.Select(Parse).Distinct().Order()];
        int processors = Processors.Count, rounds = arguments.Number("--rounds") ?? DefaultRounds;
        if (!Processors.CanRestrict)
        {
            throw new UsageException("--cores needs Linux or Windows: this system cannot say which processors a process may use.");
        }

        int[] possible = [.. counts.Where(n => n <= processors)], tooMany = [.. counts.Except(possible)];
        if (possible.Length == 0)
        {
            throw new UsageException($"--cores asks for {string.Join(", ", tooMany)}, and this machine has {processors}.");
        }

        string leftOut = tooMany.Length > 0 ? $" {string.Join(", ", tooMany)} left out: this machine has {processors}." : "";
        return new Report(
            "Processors",
            "Documents per second from text to sparse vector, Splade.AI with its defaults, in a process of its own that may use the first so many processors "
            + $"(affinity): the median and the best of {rounds} rounds after two, three turns of processes. Efficiency is the speed-up over the first line by the processors over its.{leftOut}",
            [.. EncodeModel.Find(arguments).Select(model => Measure(model, possible, rounds, arguments.Number("--documents") ?? model.Documents * RoundsOfDocuments))])
        {
            FileName = "cores",
        };
    }

    private static string Measure(EncodeModel model, int[] counts, int rounds, int documents)
    {
        const int Turns = 3;
        string folder = model.Folder();
        List<double>[] rates = [.. counts.Select(_ => new List<double>())];
        for (int turn = 0; turn < Turns; turn++)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                CoresRates found = CoresCommand.Measure(counts[i], folder, documents, rounds);
                rates[i].AddRange(found.Processors == counts[i] ? found.DocumentsPerSecond
                    : throw new InvalidOperationException($"A process that may use {counts[i]} processors found {found.Processors}."));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"> {counts[i]} of {Processors.Count} processors: {rates[i].Max():N1} documents/s"));
            }
        }

        Percentiles[] times = [.. rates.Select(r => new Percentiles(r))];
        var table = new StringBuilder($"{model.Name}, {documents} documents a round:{model.Notice}\n\n")
            .AppendLine("| processors | docs/s, best | docs/s, median | speed-up of best | of medians | efficiency of best | of medians |")
            .AppendLine("|---:|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < counts.Length; i++)
        {
            double best = times[i].At(1) / times[0].At(1), median = times[i].Median / times[0].Median, more = (double)counts[i] / counts[0];
            table.Append(CultureInfo.InvariantCulture, $"| {counts[i]} | {times[i].At(1):N1} | {times[i].Median:N1} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {best:N2} | {median:N2} | {best / more:P0} | {median / more:P0} |");
        }

        return table.ToString();
    }

    private static int Parse(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
        ? count : throw new UsageException($"--cores has '{text}', expected numbers above 0, separated by commas.");
}
