using Npgsql;
using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Records;

/// <summary>Puts batches of rows in: each is copied into a temporary table and from there put in by one statement, in one transaction.</summary>
internal static class BatchWriter
{
    /// <summary>Cuts rows into batches.</summary>
    public static IEnumerable<List<NewRow>> Cut(IEnumerable<NewRow> rows, PostgresHybridStoreOptions options)
    {
        var batch = new List<NewRow>();
        long bytes = 0;
        foreach (NewRow row in rows)
        {
            if (batch.Count > 0 && (batch.Count == options.BatchSize || bytes + row.Bytes > options.MaxBatchBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(row);
            bytes += row.Bytes;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>Puts a batch in, if the table knows the models already.</summary>
    /// <returns>Whether it did; otherwise <see cref="RememberAsync"/> comes first.</returns>
    public static async Task<bool> WriteAsync(
        StoreTable table, List<NewRow> rows, HybridModels? models, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // Shared among writers, so that nobody else changes the models before these rows are there.
            (HybridModels? stored, bool isEmpty) = await LockAsync(table, "pg_advisory_xact_lock_shared", connection, cancellationToken).ConfigureAwait(false);
            if (!StoreModels.Knows(stored, isEmpty, table.Options.Schema!.Models, models))
            {
                return false;
            }

            await new SqlStatement { Text = TableDefinition.CreateBatch(table) }.RunAsync(connection, isEndless: false, cancellationToken).ConfigureAwait(false);
            await CopyAsync(table, rows, connection, cancellationToken).ConfigureAwait(false);
            await Insert(table).RunAsync(connection, isEndless: false, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Writes down which models the vectors come from. Nobody writes meanwhile.</summary>
    /// <exception cref="ArgumentException">The table has vectors of others.</exception>
    public static async Task<bool> RememberAsync(
        StoreTable table, HybridModels? models, string parameter, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            (HybridModels? stored, bool isEmpty) = await LockAsync(table, "pg_advisory_xact_lock", connection, cancellationToken).ConfigureAwait(false);
            HybridModels remembered = StoreModels.Remember(stored, isEmpty, table.Options.Schema!.Models, models, parameter);
            var write = new SqlStatement();
            write.Text = $"update {table.Formats} set models = {write.Value(StoreModels.ToJson(remembered), NpgsqlDbType.Json)} "
                + $"where name = {write.OfText(table.Options.TableName)}";
            await write.RunAsync(connection, isEndless: false, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Takes the lock of the table, and reads its models and whether it is empty.</summary>
    private static async Task<(HybridModels? Stored, bool IsEmpty)> LockAsync(
        StoreTable table, string function, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var locking = new SqlStatement();
        locking.Text = $"select {table.Lock(locking, function)}";

        // A statement of its own: one sees what was there before it waited.
        await locking.RunAsync(connection, isEndless: false, cancellationToken).ConfigureAwait(false);
        return await TableModels.ReadAsync(table, connection, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CopyAsync(StoreTable table, List<NewRow> rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        string columns = string.Join(", ", [
            "\"ord\"", StoreTable.Id, StoreTable.Text, StoreTable.Metadata, StoreTable.Filter, .. table.Vectors.SelectMany(vector => vector.Names)]);
        NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            $"copy {TableDefinition.Batch} ({columns}) from stdin (format binary)", cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            for (int i = 0; i < rows.Count; i++)
            {
                NewRow row = rows[i];
                await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(i, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(row.Id, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(row.Text, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(row.Metadata, NpgsqlDbType.Json, cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(row.Filter, NpgsqlDbType.Jsonb, cancellationToken).ConfigureAwait(false);
                for (int column = 0; column < table.Vectors.Count; column++)
                {
                    await WriteAsync(copy, table.Vectors[column], row.Vectors[column], cancellationToken).ConfigureAwait(false);
                }
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, VectorColumn column, HybridVector? vector, CancellationToken cancellationToken)
    {
        if (vector is null)
        {
            for (int part = 0; part < column.Names.Count; part++)
            {
                await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        foreach (object value in RecordVectors.ToColumns(column, vector))
        {
            Task writing = value switch
            {
                Pgvector.SparseVector sparse => copy.WriteAsync(sparse, cancellationToken),
                Pgvector.HalfVector half => copy.WriteAsync(half, cancellationToken),
                _ => copy.WriteAsync((Pgvector.Vector)value, cancellationToken),
            };
            await writing.ConfigureAwait(false);
        }
    }

    // Numbered in the order of the records, and put in by id: writers that lock the same rows in one order never wait for each other in a circle.
    private static SqlStatement Insert(StoreTable table)
    {
        var statement = new SqlStatement();
        string[] columns = [StoreTable.Id, StoreTable.Text, StoreTable.Metadata, StoreTable.Filter, .. table.Vectors.SelectMany(vector => vector.Names)];
        string all = string.Join(", ", columns);
        string tenant = table.HasTenants ? $"{statement.OfText(table.Options.Tenant!)}, " : "";
        string sequence = statement.OfText(table.Sequence);
        string updates = string.Join(", ", columns.Skip(1).Append(StoreTable.Order).Select(column => $"{column} = excluded.{column}"));
        statement.Text = $"""
            insert into {table.Name} ({(table.HasTenants ? $"{StoreTable.Tenant}, " : "")}{all}, {StoreTable.Order})
            select {tenant}{all}, {StoreTable.Order} from
            (select *, nextval({sequence}::regclass) as {StoreTable.Order} from (select * from {TableDefinition.Batch} order by "ord") sorted offset 0) numbered
            order by {StoreTable.Id} on conflict ({table.Key}) do update set {updates}
            """;
        return statement;
    }
}
