using System.Diagnostics;
using System.Globalization;

namespace Splade.Benchmarks.Measuring;

/// <summary>Compares contenders that are too slow to repeat until a clock has gone far enough: each does the work once in a round.</summary>
internal static class FixedWork
{
    /// <summary>The fewest rounds of which a median means something on a machine that others use.</summary>
    public const int DefaultRounds = 7;

    /// <param name="contenders">Warmed up by the caller.</param>
    /// <param name="rounds">How many rounds. Each begins with another contender, so that none always follows the same one.</param>
    /// <param name="progress">Told of each run what was found.</param>
    /// <param name="time">Tells the time; null for that on the wall.</param>
    public static IReadOnlyList<Measurement> Compare(IReadOnlyList<Contender> contenders, int rounds, Action<string> progress, Func<TimeSpan>? time = null)
    {
        time ??= static () => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);
        double[][] rates = [.. contenders.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                int turn = (round + i) % contenders.Count;
                rates[turn][round] = UnitsPerSecond(contenders[turn], time);
                progress(string.Create(
                    CultureInfo.InvariantCulture, $"round {round + 1} of {rounds}: {contenders[turn].Name}, {rates[turn][round]:N1}/s"));
            }
        }

        return [.. contenders.Select((contender, i) => new Measurement(contender.Name, rates[i], AllocatedBytes: 0))];
    }

    private static double UnitsPerSecond(Contender contender, Func<TimeSpan> time)
    {
        GC.Collect();
        TimeSpan start = time();
        long units = contender.Run();
        return units / (time() - start).TotalSeconds;
    }
}
