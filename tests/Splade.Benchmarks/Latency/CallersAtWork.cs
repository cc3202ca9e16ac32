using System.Diagnostics;
using Splade.AI;

namespace Splade.Benchmarks.Latency;

/// <summary>Callers that send one query after the other.</summary>
internal static class CallersAtWork
{
    private static readonly SpladeEncodingOptions AsQuery = new() { InputType = EmbeddingInputType.Query };

    /// <param name="engine">The engine.</param>
    /// <param name="queries">What is sent, in turn.</param>
    /// <param name="callers">How many callers there are.</param>
    /// <param name="calls">How many calls they make together, at least one each.</param>
    public static CallTimes Run(SpladeEngine engine, string[] queries, int callers, int calls)
    {
        int ofEach = Math.Max(1, calls / callers);
        var clock = Stopwatch.StartNew();
        double[][] times = Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller)))).GetAwaiter().GetResult();
        return new CallTimes(new Percentiles(times.SelectMany(t => t)), callers * ofEach / clock.Elapsed.TotalSeconds);

        async Task<double[]> CallAsync(int caller)
        {
            double[] milliseconds = new double[ofEach];
            for (int i = 0; i < ofEach; i++)
            {
                string query = queries[(caller + i) % queries.Length];
                long start = Stopwatch.GetTimestamp();
                await engine.EncodeAsync([query], AsQuery);
                milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return milliseconds;
        }
    }
}
