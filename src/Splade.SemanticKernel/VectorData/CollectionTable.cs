using Microsoft.Extensions.VectorData;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>The table of one collection, as it is in the storage at the moment, if it is there.</summary>
/// <param name="storage">The storage.</param>
/// <param name="name">The name of the collection.</param>
/// <param name="schema">How its records lie in the table.</param>
internal sealed class CollectionTable(SpladeVectorStorage storage, string name, CollectionSchema schema)
{
    public Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        storage.RequireOpen();
        return VectorStoreErrors.RunAsync(name, "CollectionExists", waits: false, () => storage.Exists(name), cancellationToken);
    }

    public Task CreateAsync(CancellationToken cancellationToken) => FindAsync(create: true, "EnsureCollectionExists", cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken)
    {
        storage.RequireOpen();
        return VectorStoreErrors.RunAsync(name, "EnsureCollectionDeleted", storage.Folder is not null, () => storage.Delete(name), cancellationToken);
    }

    /// <exception cref="VectorStoreException">There is none, or it has other vectors or keys, or it cannot be opened.</exception>
    public async Task<ColumnTable> GetAsync(string operation, CancellationToken cancellationToken) =>
        await FindAsync(create: false, operation, cancellationToken).ConfigureAwait(false)
            ?? throw VectorStoreErrors.New(
                $"There is no collection '{name}'. Call {nameof(VectorStoreCollection<,>.EnsureCollectionExistsAsync)} first.", name, operation);

    /// <summary>What is in the table now, for as long as it is looked at.</summary>
    /// <exception cref="VectorStoreException">The collection was deleted meanwhile.</exception>
    public ColumnReading Read(ColumnTable table, string operation)
    {
        storage.RequireOpen();
        try
        {
            return table.Read();
        }
        catch (ObjectDisposedException e)
        {
            throw VectorStoreErrors.Wrap(e, name, operation);
        }
    }

    /// <summary>Refuses vectors of other models than the records'. To be called when the models of the columns are loaded.</summary>
    /// <exception cref="VectorStoreException">The records come from other models.</exception>
    public void RequireModels(ColumnTable table, IEnumerable<VectorColumn> columns, string operation) =>
        RequireSame(table, schema.GetSpaceWithModels(columns), operation);

    /// <summary>Remembers the models of the columns of records that are to come.</summary>
    public void Remember(ColumnTable table, IEnumerable<VectorColumn> columns) => table.Remember(schema.GetSpaceWithModels(columns));

    private async Task<ColumnTable?> FindAsync(bool create, string operation, CancellationToken cancellationToken)
    {
        storage.RequireOpen();
        ColumnTable? table = await VectorStoreErrors.RunAsync(
            name, operation, storage.HasToOpen(name), () => storage.Find(name, schema, create, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (table is not null)
        {
            RequireSame(table, schema.Space, operation);
        }

        return table;
    }

    private void RequireSame(ColumnTable table, IReadOnlyDictionary<string, string> space, string operation)
    {
        bool isEmptied;
        using (ColumnReading reading = Read(table, operation))
        {
            isEmptied = reading.Count == 0;
        }

        // Of an empty table only the columns count.
        IReadOnlyList<string> differences = table.DifferencesFrom(isEmptied ? schema.Space : space);
        if (differences.Count > 0)
        {
            throw VectorStoreErrors.New(
                $"The collection '{name}' is another than the one at hand: {string.Join("; ", differences)}. "
                + "Use what it was made with, or another name, or delete it and put its records in again.",
                name,
                operation);
        }
    }
}
