using System.Text.Json;
using Microsoft.Extensions.VectorData;
using Splade.AI.Search;

namespace Splade.SemanticKernel.VectorData;

/// <summary>What goes wrong in the storage becomes a <see cref="VectorStoreException"/>, as users of all vector stores expect.</summary>
internal static class VectorStoreErrors
{
    public const string SystemName = "splade";

    /// <summary>Does work of the storage, away from the caller if it waits for a disk.</summary>
    public static async Task<T> RunAsync<T>(string? collection, string operation, bool waits, Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return waits ? await Task.Run(work, cancellationToken).ConfigureAwait(false) : work();
        }
        catch (Exception e) when (IsOfStorage(e))
        {
            throw New(e.Message, collection, operation, e);
        }
    }

    /// <summary>Goes through results while the storage gives them.</summary>
    public static IEnumerable<T> Run<T>(string? collection, string operation, IEnumerable<T> results)
    {
        using IEnumerator<T> enumerator = results.GetEnumerator();
        while (Next(enumerator, collection, operation))
        {
            yield return enumerator.Current;
        }
    }

    /// <summary>Whether an exception is the storage's, and not the caller's.</summary>
    public static bool IsOfStorage(Exception exception) =>
        exception is SearchStorageException or IOException or UnauthorizedAccessException or InvalidDataException or JsonException;

    public static VectorStoreException New(string message, string? collection, string operation, Exception? inner = null) => new(message, inner)
    {
        VectorStoreSystemName = SystemName,
        CollectionName = collection,
        OperationName = operation,
    };

    private static bool Next<T>(IEnumerator<T> enumerator, string? collection, string operation)
    {
        try
        {
            return enumerator.MoveNext();
        }
        catch (Exception e) when (IsOfStorage(e))
        {
            throw New(e.Message, collection, operation, e);
        }
    }
}
