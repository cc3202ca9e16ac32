using System.Text.Json;
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

    public static async Task<StoreTable> OpenAsync(PostgresHybridStoreOptions options, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var names = new StoreTable(options, "public", []);
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var locking = new SqlStatement();
            locking.Text = $"select {names.Lock(locking, "pg_advisory_xact_lock")}";
            await locking.RunAsync(connection, isEndless: true, cancellationToken).ConfigureAwait(false);
            string extension = await SharedObjects.OpenAsync(names, connection, cancellationToken).ConfigureAwait(false);
            bool isThere = await OpenFormatAsync(options, names, connection, cancellationToken).ConfigureAwait(false);
            if (!isThere)
            {
                var create = new SqlStatement { Text = TableDefinition.Create(new StoreTable(options, extension, [])) };
                await create.RunAsync(connection, isEndless: true, cancellationToken).ConfigureAwait(false);
            }

            string[] indexed = await ReadIndexedAsync(names, connection, cancellationToken).ConfigureAwait(false);
            var table = new StoreTable(options, extension, indexed);
            foreach (VectorColumn vector in table.Vectors.Where(vector => vector.HasHnsw && !indexed.Contains(vector.Field.Name)))
            {
                await new SqlStatement { Text = TableDefinition.CreateHnsw(table, vector) }.RunAsync(connection, isEndless: true, cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            await RequireTypesAsync(connection, cancellationToken).ConfigureAwait(false);
            return table;
        }
    }

    /// <summary>Compares the table with its row of format, or writes that row.</summary>
    /// <returns>Whether the table is there.</returns>
    /// <exception cref="HybridStoreException">It is another table.</exception>
    private static async Task<bool> OpenFormatAsync(
        PostgresHybridStoreOptions options, StoreTable names, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var look = new SqlStatement();
        look.Text = $"select to_regclass({look.OfText(names.Name)}) is not null";
        bool hasTable = (bool)(await look.ReadRowAsync(connection, cancellationToken).ConfigureAwait(false))![0]!;
        var read = new SqlStatement();
        read.Text = $"select format, vectors, storage, models::text from {names.Formats} where name = {read.OfText(options.TableName)}";
        object?[]? row = await read.ReadRowAsync(connection, cancellationToken).ConfigureAwait(false);
        if (row is not null && hasTable)
        {
            var count = new SqlStatement { Text = $"select exists (select from {names.Name})" };
            bool hasRows = (bool)(await count.ReadRowAsync(connection, cancellationToken).ConfigureAwait(false))![0]!;
            try
            {
                StoreFormat.Require(Format, options, (int)row[0]!, (string)row[1]!, (string)row[2]!, hasRows ? (string?)row[3] : null);
                return true;
            }
            catch (Exception error) when (error is FormatException or JsonException)
            {
                throw new HybridStoreException(
                    $"The row of the store '{options.TableName}' in {names.Formats} is damaged: {error.Message} "
                    + $"Mend it, or choose another {nameof(options.TableName)}.",
                    innerException: error);
            }
        }

        if (hasTable)
        {
            throw new HybridStoreException(
                $"Found a table '{options.TableName}' that is no store, expected none or a store. Choose another {nameof(options.TableName)}.");
        }

        // A row without its table is of one that was dropped.
        var write = new SqlStatement();
        write.Text = $"""
            insert into {names.Formats} (name, format, vectors, storage, models)
            values ({write.OfText(options.TableName)}, {Format}, {write.OfText(options.Schema!.ToString())}, {write.OfText(StoreFormat.StorageOf(options))},
            {write.Value(StoreModels.ToJson(options.Schema.Models.Equals(HybridModels.None) ? null : options.Schema.Models), NpgsqlDbType.Json)})
            on conflict (name) do update set format = excluded.format, vectors = excluded.vectors, storage = excluded.storage, models = excluded.models
            """;
        await write.RunAsync(connection, isEndless: true, cancellationToken).ConfigureAwait(false);
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
        return (string[])(await find.ReadRowAsync(connection, cancellationToken).ConfigureAwait(false))![0]!;
    }

    /// <exception cref="ArgumentException">The source of connections does not know the types of vectors.</exception>
    private static async Task RequireTypesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await KnowsTypesAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // The extension came after the connections had read which types there are.
        await connection.ReloadTypesAsync(cancellationToken).ConfigureAwait(false);
        if (!await KnowsTypesAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            throw new ArgumentException(
                $"The {nameof(PostgresHybridStoreOptions.DataSource)} does not know pgvector's types. Make it by an NpgsqlDataSourceBuilder with UseVector().");
        }
    }

    private static async Task<bool> KnowsTypesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var ask = new SqlStatement();
            ask.Text = $"select {ask.Vector(new Pgvector.SparseVector("{1:1}/2"))}";
            await ask.RunAsync(connection, isEndless: false, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is InvalidCastException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
