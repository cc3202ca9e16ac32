using System.Collections.Concurrent;
using Microsoft.Extensions.VectorData;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.SemanticKernel.VectorData;

/// <summary>
/// Represents the place of the collections of a <see cref="SpladeVectorStore"/>: in memory, or in a folder with a sub-folder for each of them.
/// </summary>
/// <remarks>
/// <para>
/// Several stores and collections can share one, as they would share a connection to a database; only one process at a time has a folder open.
/// Safe for concurrent use.
/// </para>
/// <para>
/// A collection is a table of records of which each has its data, the key and all its vectors in one row: an upsert puts all its records in, or
/// none, and in a folder they are on the disk when it returns. A search sees one moment of the table.
/// </para>
/// </remarks>
public sealed class SpladeVectorStorage : IDisposable
{
    private readonly ConcurrentDictionary<string, CollectionPlace> _places = new(StringComparer.Ordinal);
    private volatile bool _isDisposed;

    /// <summary>
    /// Initializes a new instance of the <see cref="SpladeVectorStorage"/> class in a folder, or in memory. Nothing is read or made before it is needed.
    /// </summary>
    /// <param name="folder">The folder; null for memory.</param>
    /// <exception cref="ArgumentException">The name of the folder is empty.</exception>
    public SpladeVectorStorage(string? folder = null)
    {
        if (folder is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(folder);
            Folder = Path.GetFullPath(folder);
        }
    }

    /// <summary>Gets the full path of the folder; null for memory.</summary>
    public string? Folder { get; }

    /// <summary>Closes all collections. Searches under way end as they would have; all calls after this one throw.</summary>
    public void Dispose()
    {
        // Who takes a turn after this is refused, so that nothing is opened any longer.
        _isDisposed = true;
        foreach (CollectionPlace place in _places.Values)
        {
            lock (place.Turn)
            {
                place.Table?.Dispose();
            }
        }

        _places.Clear();
    }

    /// <summary>The names of the collections, in ordinal order.</summary>
    internal Task<string[]> NamesAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        return VectorStoreErrors.RunAsync(collection: null, "ListCollectionNames", Folder is not null, Names, cancellationToken);
    }

    internal Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        RequireOpen();
        return VectorStoreErrors.RunAsync(name, "CollectionExists", HasToOpen(name), () => IsOpen(name) || IsStored(name), cancellationToken);
    }

    /// <summary>Takes a collection out with all it has; nothing, if there is none.</summary>
    /// <exception cref="VectorStoreException">Another storage has it open, or its files cannot be deleted.</exception>
    internal Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        RequireOpen();
        return VectorStoreErrors.RunAsync(
            name, "EnsureCollectionDeleted", Folder is not null, () => InTurn(name, place => Delete(place, name)), cancellationToken);
    }

    /// <summary>The table of a collection, made or opened with a schema if that has to be; null if there is none.</summary>
    /// <param name="name">The name of the collection.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="create">Whether to make one, if there is none.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="SearchStorageException">The folder cannot be opened or written to, or holds something else.</exception>
    internal RecordTable? Find(string name, CollectionSchema schema, bool create, CancellationToken cancellationToken)
    {
        RequireOpen();
        return _places.TryGetValue(name, out CollectionPlace? known) && known.Table is RecordTable open ? open
            : InTurn(name, place => place.Table ??= create || IsStored(name) ? Open(name, schema, cancellationToken) : null);
    }

    /// <summary>Whether a collection has not been opened yet, which takes a disk.</summary>
    internal bool HasToOpen(string name) => Folder is not null && !IsOpen(name);

    internal void RequireOpen() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    private bool IsOpen(string name) => _places.TryGetValue(name, out CollectionPlace? place) && place.Table is not null;

    private bool IsStored(string name) => Folder is not null && CollectionFolder.Exists(Folder, name);

    private string[] Names() =>
        [.. (Folder is null ? _places.Keys.Where(IsOpen) : CollectionFolder.NamesIn(Folder)).Order(StringComparer.Ordinal)];

    private RecordTable Open(string name, CollectionSchema schema, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> space = CollectionSchema.Remembered(name, schema.EmbeddingSpace, schema.IndexedFields);
        if (Folder is null)
        {
            return new RecordTable(schema.SparseColumns, schema.DenseColumns, space);
        }

        string folder = CollectionFolder.Of(Folder, name);
        var table = RecordTable.Open(folder, schema.SparseColumns, schema.DenseColumns, space, cancellationToken);
        try
        {
            CollectionFolder.RequireCollection(folder, table.EmbeddingSpace, name);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private bool Delete(CollectionPlace place, string name)
    {
        bool exists = place.Table is not null || IsStored(name);
        place.Table?.Dispose();
        place.Table = null;
        if (Folder is not null)
        {
            CollectionFolder.Delete(Folder, name);
        }

        return exists;
    }

    /// <summary>Does something with a collection that no other does meanwhile; others of other names do not wait for it.</summary>
    private T InTurn<T>(string name, Func<CollectionPlace, T> work)
    {
        while (true)
        {
            CollectionPlace place = _places.GetOrAdd(name, static _ => new CollectionPlace());
            lock (place.Turn)
            {
                RequireOpen();
                if (place.IsGone)
                {
                    continue;
                }

                try
                {
                    return work(place);
                }
                finally
                {
                    if (place.Table is null)
                    {
                        place.IsGone = true;
                        _places.TryRemove(name, out _);
                    }
                }
            }
        }
    }
}
