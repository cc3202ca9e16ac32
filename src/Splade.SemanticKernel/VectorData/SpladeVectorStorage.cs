using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Where the collections of a <see cref="SpladeVectorStore"/> are: in memory, or in a folder with a sub-folder for each of them.</summary>
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
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ColumnTable> _tables = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>Uses a folder, or memory. Nothing is read or made before it is needed.</summary>
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

    /// <summary>The full path of the folder; null for memory.</summary>
    public string? Folder { get; }

    /// <summary>Closes all collections. Searches under way end as they would have; all calls after this one throw.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (ColumnTable table in _tables.Values)
            {
                table.Dispose();
            }

            _tables.Clear();
        }
    }

    /// <summary>The names of the collections, in ordinal order.</summary>
    internal IReadOnlyList<string> Names()
    {
        lock (_lock)
        {
            RequireOpen();
            IEnumerable<string> names = Folder is null ? _tables.Keys
                : !Directory.Exists(Folder) ? []
                : Directory.EnumerateDirectories(Folder).Select(CollectionFolder.NameOf).OfType<string>();
            return [.. names.Order(StringComparer.Ordinal)];
        }
    }

    internal bool Exists(string name)
    {
        lock (_lock)
        {
            RequireOpen();
            return _tables.ContainsKey(name) || (Folder is not null && Directory.Exists(CollectionFolder.Of(Folder, name)));
        }
    }

    /// <summary>The table of a collection, made or opened with a schema if that has to be; null if there is none.</summary>
    /// <param name="name">The name of the collection.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="create">Whether to make one, if there is none.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="SearchStorageException">The folder cannot be opened or written to, or holds something else.</exception>
    internal ColumnTable? Find(string name, CollectionSchema schema, bool create, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            RequireOpen();
            if (!_tables.TryGetValue(name, out ColumnTable? table))
            {
                if (!create && (Folder is null || !Directory.Exists(CollectionFolder.Of(Folder, name))))
                {
                    return null;
                }

                IReadOnlyDictionary<string, string> space = CollectionSchema.Remembered(schema.Space, schema.IndexedFields);
                table = Folder is null
                    ? new ColumnTable(schema.Table, space)
                    : ColumnTable.Open(CollectionFolder.Of(Folder, name), schema.Table, space, cancellationToken: cancellationToken);
                _tables.Add(name, table);
            }

            return table;
        }
    }

    /// <summary>Whether a collection has not been opened yet, which takes a disk.</summary>
    internal bool HasToOpen(string name)
    {
        lock (_lock)
        {
            return Folder is not null && !_tables.ContainsKey(name);
        }
    }

    /// <summary>Takes a collection out with all it has; nothing, if there is none.</summary>
    internal void Delete(string name)
    {
        lock (_lock)
        {
            RequireOpen();
            if (_tables.Remove(name, out ColumnTable? table))
            {
                table.Dispose();
            }

            if (Folder is not null && CollectionFolder.Of(Folder, name) is string folder && Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    internal void RequireOpen() => ObjectDisposedException.ThrowIf(_isDisposed, this);
}
