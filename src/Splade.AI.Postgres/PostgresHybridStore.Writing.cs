using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Filters;
using Splade.AI.Postgres.Records;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres;

/// <content>Writing.</content>
public sealed partial class PostgresHybridStore
{
    /// <inheritdoc/>
    /// <remarks>
    /// By batches of at most <see cref="PostgresHybridStoreOptions.BatchSize"/> records and about <see cref="PostgresHybridStoreOptions.MaxBatchBytes"/>, one
    /// after the other, each in one transaction. Several callers write at once.
    /// </remarks>
    public async Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        (List<NewRow> rows, int pruned) = RecordCheck.Prepare(records, table, nameof(records), cancellationToken);
        foreach (List<NewRow> batch in BatchWriter.Cut(rows, _options))
        {
            while (!await _server.RunAsync((connection, token) => BatchWriter.WriteAsync(table, batch, models, connection, token), cancellationToken).ConfigureAwait(false))
            {
                await _server.RunAsync(
                    (connection, token) => BatchWriter.RememberAsync(table, models, nameof(models), connection, token), cancellationToken).ConfigureAwait(false);
            }
        }

        Interlocked.Add(ref _pruned, pruned);
    }

    /// <inheritdoc/>
    public async Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        string[] known = RequireIds(ids, nameof(ids));
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        var statement = new SqlStatement();
        string any = $"t.{StoreTable.Id} = any({statement.Value(known, NpgsqlDbType.Array | NpgsqlDbType.Text)})";
        statement.Text = $"delete from {table.Name} t where {table.Where(statement, "t", any)}";
        return known.Length == 0 ? 0 : await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<long> DeleteAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        var statement = new SqlStatement();
        statement.Text = $"delete from {table.Name} t where {table.Where(statement, "t", FilterSql.Conditions(filter, statement, "t"))}";
        return await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
    }

    private Task<long> ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        _server.RunAsync((connection, token) => statement.RunAsync(connection, isEndless: false, token), cancellationToken);
}
