using System.Runtime.CompilerServices;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Goes through results that take work to find, away from the caller.</summary>
internal static class RecordBatches
{
    /// <summary>So many that going to another thread costs little beside reading them.</summary>
    private const int Size = 64;

    public static async IAsyncEnumerable<T> RunAsync<T>(
        string collection, string operation, IEnumerable<T> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using IEnumerator<T> enumerator = results.GetEnumerator();
        while (true)
        {
            List<T> batch = await VectorStoreErrors.RunAsync(
                collection, operation, waits: true, () => Next(enumerator), cancellationToken).ConfigureAwait(false);
            foreach (T result in batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return result;
            }

            if (batch.Count < Size)
            {
                break;
            }
        }
    }

    private static List<T> Next<T>(IEnumerator<T> results)
    {
        var batch = new List<T>(Size);
        while (batch.Count < Size && results.MoveNext())
        {
            batch.Add(results.Current);
        }

        return batch;
    }
}
