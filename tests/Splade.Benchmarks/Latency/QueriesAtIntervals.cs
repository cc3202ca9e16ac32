using System.Diagnostics;

namespace Splade.Benchmarks.Latency;

/// <summary>Queries that come at intervals, whether the one before has been answered or not, as those of users do.</summary>
/// <param name="query">Sends one.</param>
/// <param name="perSecond">How many come in a second.</param>
internal sealed class QueriesAtIntervals(Func<int, Task> query, double perSecond)
{
    private const int Seed = 40;

    /// <summary>Sends queries for as long as a task takes, and gives what each took, in milliseconds.</summary>
    public async Task<IReadOnlyList<double>> RunWhileAsync(Task work)
    {
        var random = new Random(Seed);
        var sent = new List<Task<double>>();
        while (!work.IsCompleted)
        {
            // Half to one and a half intervals: queries must not keep step with runs.
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds((0.5 + random.NextDouble()) / perSecond)));
            int number = sent.Count;
            sent.Add(Task.Run(() => TimeAsync(number)));
        }

        await work;
        return await Task.WhenAll(sent);
    }

    private async Task<double> TimeAsync(int number)
    {
        long start = Stopwatch.GetTimestamp();
        await query(number);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
