using System.Diagnostics;

namespace Splade.Benchmarks.Measuring;

/// <summary>Compares contenders in turn, round after round, so that a machine that slows down slows all of them.</summary>
internal static class Rounds
{
    /// <summary>Enough for a median that two slow rounds do not move.</summary>
    public const int Default = 9;

    // The second begins once the code of the first has been compiled for good.
    private const int WarmUpRounds = 2;

    // Shorter rounds would measure the scheduler.
    private static readonly TimeSpan ShortestRound = TimeSpan.FromSeconds(0.5);

    public static IReadOnlyList<Measurement> Compare(IReadOnlyList<Contender> contenders, int rounds = Default)
    {
        foreach (Contender contender in Enumerable.Repeat(contenders, WarmUpRounds).SelectMany(all => all))
        {
            UnitsPerSecond(contender);
        }

        double[][] rates = [.. contenders.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                rates[i][round] = UnitsPerSecond(contenders[i]);
            }
        }

        return [.. contenders.Select((contender, i) => new Measurement(contender.Name, rates[i], AllocatedBytes(contender)))];
    }

    private static double UnitsPerSecond(Contender contender)
    {
        GC.Collect();
        long units = 0;
        var clock = Stopwatch.StartNew();
        do
        {
            units += contender.Run();
        }
        while (clock.Elapsed < ShortestRound);

        return units / clock.Elapsed.TotalSeconds;
    }

    private static long AllocatedBytes(Contender contender)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        contender.Run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
