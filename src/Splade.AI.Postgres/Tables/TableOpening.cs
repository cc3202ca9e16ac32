using Npgsql;
using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;

namespace Splade.AI.Postgres.Tables;

/// <summary>Opens the table of a store: creates what is missing, or compares it with what is there. One at a time does, by a lock of the transaction.</summary>
internal static class TableOpening
{
    /// <summary>The format that is written. What is of a later one is refused; an earlier one would be migrated here.</summary>
    private const int Format = 1;

    private static readonly Version OldestExtension = new(0, 8);

    public static async Task<StoreTable> OpenAsync(PostgresHybridStoreOptions options, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var names = new StoreTable(options, "public", []);
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var locking = new SqlStatement();
            locking.Text = $"select {names.Lock(locking, "pg_advisory_xact_lock")}";
            await RunAsync(locking, connection, cancellationToken).ConfigureAwait(false);
            (string extension, bool isNew) = await OpenExtensionAsync(connection, cancellationToken).ConfigureAwait(false);
            await CreateSchemaAsync(options, names, connection, cancellationToken).ConfigureAwait(false);
            bool isThere = await OpenFormatAsync(options, names, connection, cancellationToken).ConfigureAwait(false);
            if (!isThere)
            {
                await RunAsync(new SqlStatement { Text = TableDefinition.Create(new StoreTable(options, extension, [])) }, connection, cancellationToken).ConfigureAwait(false);
            }

            string[] indexed = await ReadIndexedAsync(names, connection, cancellationToken).ConfigureAwait(false);
            var table = new StoreTable(options, extension, indexed);
            foreach (VectorColumn vector in table.Vectors.Where(vector => vector.HasHnsw && !indexed.Contains(vector.Field.Name)))
            {
                await RunAsync(new SqlStatement { Text = TableDefinition.CreateHnsw(table, vector) }, connection, cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            if (isNew)
            {
                // The types came after the connections had read which ones there are.
                await connection.ReloadTypesAsync(cancellationToken).ConfigureAwait(false);
            }

            await RequireTypesAsync(connection, cancellationToken).ConfigureAwait(false);
            return table;
        }
    }

    /// <returns>The schema of the extension, and whether it was created now.</returns>
    private static async Task<(string Schema, bool IsNew)> OpenExtensionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var find = new SqlStatement { Text = "select n.nspname::text, e.extversion from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'" };
        object?[]? found = await ReadRowAsync(find, connection, cancellationToken).ConfigureAwait(false);
        bool isNew = found is null;
        if (isNew)
        {
            await RunAsync(new SqlStatement { Text = "create extension if not exists vector" }, connection, cancellationToken).ConfigureAwait(false);
            found = await ReadRowAsync(find, connection, cancellationToken).ConfigureAwait(false);
        }

        var version = Version.Parse((string)found![1]!);
        return version >= OldestExtension ? ((string)found[0]!, isNew) : throw new HybridStoreException(
            $"Found pgvector {version}, expected {OldestExtension} or later: before it searches with a filter end too early. Update it: alter extension vector update.");
    }

    // Not "if not exists": that asks for the right to create one even where nothing is to be created.
    private static async Task CreateSchemaAsync(PostgresHybridStoreOptions options, StoreTable names, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var find = new SqlStatement();
        find.Text = $"select 1 from pg_namespace where nspname = {find.OfText(options.SchemaName)}";
        if (await ReadRowAsync(find, connection, cancellationToken).ConfigureAwait(false) is null)
        {
            await RunAsync(new SqlStatement { Text = $"create schema {names.SchemaName}" }, connection, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Compares the table with its row of format, or writes that row.</summary>
    /// <returns>Whether the table is there.</returns>
    /// <exception cref="HybridStoreException">It is another table.</exception>
    private static async Task<bool> OpenFormatAsync(PostgresHybridStoreOptions options, StoreTable names, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var look = new SqlStatement();
        look.Text = $"select to_regclass({look.OfText(names.Formats)}) is not null, to_regclass({look.OfText(names.Name)}) is not null";
        object?[] there = (await ReadRowAsync(look, connection, cancellationToken).ConfigureAwait(false))!;
        (bool hasFormats, bool hasTable) = ((bool)there[0]!, (bool)there[1]!);
        if (!hasFormats)
        {
            // Stores of other tables of this schema may be opened at the same moment.
            var locking = new SqlStatement();
            locking.Text = $"select pg_advisory_xact_lock(hashtextextended({locking.OfText(names.Formats)}, 0))";
            await RunAsync(locking, connection, cancellationToken).ConfigureAwait(false);
            await RunAsync(new SqlStatement { Text = TableDefinition.CreateFormats(names) }, connection, cancellationToken).ConfigureAwait(false);
        }

        var read = new SqlStatement();
        read.Text = $"select format, vectors, storage, models::text from {names.Formats} where name = {read.OfText(options.TableName)}";
        object?[]? row = await ReadRowAsync(read, connection, cancellationToken).ConfigureAwait(false);
        if (row is not null && hasTable)
        {
            var count = new SqlStatement { Text = $"select exists (select from {names.Name})" };
            bool hasRows = (bool)(await ReadRowAsync(count, connection, cancellationToken).ConfigureAwait(false))![0]!;
            StoreFormat.Require(Format, options, (int)row[0]!, (string)row[1]!, (string)row[2]!, hasRows ? (string?)row[3] : null);
            return true;
        }

        if (hasTable)
        {
            throw new HybridStoreException($"Found a table '{options.TableName}' that is no store, expected none or a store. Choose another {nameof(options.TableName)}.");
        }

        // A row without its table is of one that was dropped.
        var write = new SqlStatement();
        write.Text = $"""
            insert into {names.Formats} (name, format, vectors, storage, models)
            values ({write.OfText(options.TableName)}, {Format}, {write.OfText(options.Schema!.ToString())}, {write.OfText(StoreFormat.StorageOf(options))},
            {write.Value(StoreModels.ToJson(options.Schema.Models.Equals(HybridModels.None) ? null : options.Schema.Models), NpgsqlDbType.Json)})
            on conflict (name) do update set format = excluded.format, vectors = excluded.vectors, storage = excluded.storage, models = excluded.models
            """;
        await RunAsync(write, connection, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private static async Task<string[]> ReadIndexedAsync(StoreTable names, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var find = new SqlStatement();
        find.Text = $"""
            select coalesce(array_agg(substr(a.attname::text, 3)), array[]::text[]) from pg_index i
            join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
            where i.indrelid = to_regclass({find.OfText(names.Name)}) and m.amname = 'hnsw' and i.indisvalid
            """;
        return (string[])(await ReadRowAsync(find, connection, cancellationToken).ConfigureAwait(false))![0]!;
    }

    /// <exception cref="ArgumentException">The source of connections does not know the types of vectors.</exception>
    private static async Task RequireTypesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var ask = new SqlStatement();
            ask.Text = $"select {ask.Vector(new Pgvector.SparseVector("{1:1}/2"))}";
            await RunAsync(ask, connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidCastException or NotSupportedException or ArgumentException)
        {
            throw new ArgumentException(
                $"The {nameof(PostgresHybridStoreOptions.DataSource)} does not know pgvector's types. Make it by an NpgsqlDataSourceBuilder with UseVector(), "
                + "and if the extension was created since, call its ReloadTypesAsync.",
                error);
        }
    }

    private static async Task RunAsync(SqlStatement statement, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = statement.ToCommand(connection);
        await using (command.ConfigureAwait(false))
        {
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first row of the answer; null if there is none.</summary>
    private static async Task<object?[]?> ReadRowAsync(SqlStatement statement, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = statement.ToCommand(connection);
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                var row = new object?[reader.FieldCount];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = await reader.IsDBNullAsync(i, cancellationToken).ConfigureAwait(false) ? null : reader.GetValue(i);
                }

                return row;
            }
        }
    }
}
