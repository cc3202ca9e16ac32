using System.Runtime.CompilerServices;

namespace Splade.Cli.Lines;

/// <summary>Work on several items at a time whose results come in the order of the items.</summary>
internal static class InOrder
{
    /// <summary>No more than so many items are worked on or wait to be taken. If one fails, the others are cancelled and waited for.</summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IEnumerable<T> items,
        Func<T, CancellationToken, Task<TResult>> select,
        int atOnce,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<TResult>>();
        try
        {
            foreach (T item in items)
            {
                if (running.Count == atOnce)
                {
                    yield return await running.Dequeue().ConfigureAwait(false);
                }

                running.Enqueue(select(item, stop.Token));
            }

            while (running.TryDequeue(out Task<TResult>? oldest))
            {
                yield return await oldest.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
