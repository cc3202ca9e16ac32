using System.Globalization;
using System.Text;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Guarding;

/// <summary>Whether what is promised to be fast still is: each promise as a ratio to the obvious way, in the same process, with a floor.</summary>
internal static class GuardBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options = [new("--rounds", "N", $"how many rounds: {DefaultRounds} unless given")];

    private const int DefaultRounds = 5;

    public static Report Run(Arguments arguments)
    {
        int rounds = arguments.Number("--rounds") ?? DefaultRounds;
        var below = new List<string>();
        var table = new StringBuilder()
            .AppendLine("| promise | the obvious way | ratio of best | ratio of medians | floor | |")
            .AppendLine("|---|---|---:|---:|---:|---|");
        foreach (Promise promise in Promises.All)
        {
            (Contender obvious, Contender ours) = promise.Make();
            if (Rounds.Compare([obvious, ours], rounds) is not [Measurement baseline, Measurement measured])
            {
                throw new InvalidOperationException("Two contenders were compared, and not two measured.");
            }

            double ratio = measured.Median / baseline.Median;
            bool holds = ratio >= promise.Floor;
            table.Append(CultureInfo.InvariantCulture, $"| {promise.Name}, {ours.Name} | {obvious.Name} | {measured.Best / baseline.Best:N1} | {ratio:N1} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {promise.Floor:N1} | {(holds ? "holds" : "**below**")} |");
            if (!holds)
            {
                below.Add($"'{promise.Name}' is {ratio.ToString("N1", CultureInfo.InvariantCulture)} times the obvious way");
            }
        }

        return new Report(
            "Guard",
            $"How many times as fast as the obvious way each promise is: {rounds} rounds after a warm-up, both in turn within each, on the passages of the tests and on generated data.",
            [table.ToString()])
        {
            Failure = below.Count == 0 ? null : $"{string.Join("; ", below)}, expected at least its floor. Run it again on a quiet machine; if it stays, look at what changed.",
        };
    }
}
