using System.Runtime.ExceptionServices;

namespace Splade.AI.Decoding;

/// <summary>Splits work over threads in equal shares.</summary>
internal static class Shares
{
    /// <param name="count">How many equal pieces of work there are.</param>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    /// <param name="work">Does the pieces from the first to before the second number.</param>
    public static void Run(int count, int threads, Action<int, int> work)
    {
        int shares = Math.Min(count, threads);
        if (shares <= 1)
        {
            work(0, count);
            return;
        }

        try
        {
            Parallel.For(0, shares, new ParallelOptions { MaxDegreeOfParallelism = shares }, i =>
                work((int)((long)count * i / shares), (int)((long)count * (i + 1) / shares)));
        }
        catch (AggregateException e)
        {
            // As if one thread had done it all.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
