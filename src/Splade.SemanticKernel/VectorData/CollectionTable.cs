using Microsoft.Extensions.VectorData;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>The table of one collection, as it is in the storage at the moment, if it is there.</summary>
/// <param name="storage">The storage.</param>
/// <param name="name">The name of the collection.</param>
/// <param name="schema">How its records lie in the table.</param>
internal sealed class CollectionTable(SpladeVectorStorage storage, string name, CollectionSchema schema)
{
    // What was compared last, and had the columns and keys of the schema.
    private volatile IReadOnlyDictionary<string, string>? _same;

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => storage.ExistsAsync(name, cancellationToken);

    public Task CreateAsync(CancellationToken cancellationToken) => FindAsync(create: true, "EnsureCollectionExists", cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken) => storage.DeleteAsync(name, cancellationToken);

    /// <exception cref="VectorStoreException">There is none, or it has other vectors or keys, or it cannot be opened.</exception>
    public async Task<RecordTable> GetAsync(string operation, CancellationToken cancellationToken) =>
        await FindAsync(create: false, operation, cancellationToken).ConfigureAwait(false)
            ?? throw VectorStoreErrors.New(
                $"There is no collection '{name}'. Call {nameof(VectorStoreCollection<,>.EnsureCollectionExistsAsync)} first.", name, operation);

    /// <summary>What is in the table now, for as long as it is looked at.</summary>
    /// <exception cref="VectorStoreException">The collection was deleted meanwhile.</exception>
    public RecordReading Read(RecordTable table, string operation)
    {
        storage.RequireOpen();
        return WhileOpen(table, operation, table.Read);
    }

    /// <summary>Changes what is in the table.</summary>
    /// <exception cref="VectorStoreException">The collection was deleted meanwhile, or the change could not be written.</exception>
    public Task WriteAsync(RecordTable table, string operation, Action write, CancellationToken cancellationToken) => VectorStoreErrors.RunAsync(
        name,
        operation,
        table.IsInFolder,
        () => WhileOpen(
            table,
            operation,
            () =>
            {
                write();
                return true;
            }),
        cancellationToken);

    /// <summary>Refuses vectors of other models than the records'. To be called when the models of the columns are loaded.</summary>
    /// <exception cref="VectorStoreException">The records come from other models.</exception>
    public void RequireModels(RecordTable table, IEnumerable<VectorColumn> columns, string operation) =>
        RequireSame(table, schema.GetSpaceWithModels(columns), operation);

    /// <summary>
    /// What records depend on that are to come: the models of their columns, and which of their data is indexed, as far as that of all others is.
    /// </summary>
    /// <remarks>To be asked while nobody else writes.</remarks>
    public IReadOnlyDictionary<string, string> GetSpace(RecordTable table, IEnumerable<VectorColumn> columns)
    {
        IndexedFields fields = IsEmpty(table, "Upsert") ? schema.IndexedFields : schema.IndexedFields.And(IndexedFields.Of(table.EmbeddingSpace));
        return CollectionSchema.Remembered(name, schema.GetSpaceWithModels(columns), fields);
    }

    private async Task<RecordTable?> FindAsync(bool create, string operation, CancellationToken cancellationToken)
    {
        storage.RequireOpen();
        RecordTable? table = await VectorStoreErrors.RunAsync(
            name, operation, storage.HasToOpen(name), () => storage.Find(name, schema, create, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (table?.EmbeddingSpace is { } found && found != _same)
        {
            RequireSame(table, schema.EmbeddingSpace, operation);
            _same = found;
        }

        return table;
    }

    // A table is closed with its storage, or because the collection was deleted. What else was disposed of is not the storage's.
    private T WhileOpen<T>(RecordTable table, string operation, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ObjectDisposedException e) when (table.IsDisposed)
        {
            storage.RequireOpen();
            throw VectorStoreErrors.New($"The collection '{name}' was deleted meanwhile.", name, operation, e);
        }
    }

    private bool IsEmpty(RecordTable table, string operation)
    {
        using RecordReading reading = Read(table, operation);
        return reading.Count == 0;
    }

    private void RequireSame(RecordTable table, IReadOnlyDictionary<string, string> space, string operation)
    {
        // Of an empty table only the columns count.
        IReadOnlyList<string> differences = table.DifferencesFrom(IsEmpty(table, operation) ? schema.EmbeddingSpace : space);
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
