using Npgsql;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;

namespace Splade.AI.Postgres.Tables;

/// <summary>What all stores of a database share: the extension, the schema, and the table of their formats.</summary>
internal static class SharedObjects
{
    private static readonly Version OldestExtension = new(0, 8);

    /// <summary>Finds them, and creates what is missing: one at a time does, by a lock of the transaction.</summary>
    /// <returns>The schema of the extension.</returns>
    /// <exception cref="HybridStoreException">The extension is too old, or the database has another encoding.</exception>
    public static async Task<string> OpenAsync(StoreTable names, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        object?[] found = await FindAsync(names, connection, cancellationToken).ConfigureAwait(false);
        if (found.Contains(null))
        {
            var locking = new SqlStatement { Text = "select pg_advisory_xact_lock(hashtextextended('Splade.AI.Postgres', 0))" };
            await locking.RunAsync(connection, isEndless: true, cancellationToken).ConfigureAwait(false);

            // Not "if not exists": that asks for the right to create one even where nothing is to be created. Another may have done it in the meantime.
            found = await FindAsync(names, connection, cancellationToken).ConfigureAwait(false);
            string?[] missing =
            [
                found[0] is null ? "create extension vector" : null, found[2] is null ? $"create schema {names.SchemaName}" : null,
                found[3] is null ? TableDefinition.CreateFormats(names) : null,
            ];
            foreach (string statement in missing.OfType<string>())
            {
                await new SqlStatement { Text = statement }.RunAsync(connection, isEndless: true, cancellationToken).ConfigureAwait(false);
            }

            found = await FindAsync(names, connection, cancellationToken).ConfigureAwait(false);
        }

        if ((string)found[4]! is not "UTF8" and string encoding)
        {
            throw new HybridStoreException(
                $"Found a database in the encoding {encoding}, expected UTF8, which has all texts. Create one with encoding 'UTF8'.");
        }

        var version = Version.Parse((string)found[1]!);
        return version >= OldestExtension ? (string)found[0]! : throw new HybridStoreException(
            $"Found pgvector {version}, expected {OldestExtension} or later: before it searches with a filter end too early. Update it: alter extension vector update.");
    }

    /// <summary>The schema of the extension, its version, the schema, the table of formats and the encoding; null for what is not there.</summary>
    private static async Task<object?[]> FindAsync(StoreTable names, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var find = new SqlStatement();
        find.Text = $"""
            select n.nspname::text, e.extversion, (select nspname::text from pg_namespace where nspname = {find.OfText(names.Options.SchemaName)}),
            to_regclass({find.OfText(names.Formats)})::text, current_setting('server_encoding') from (select) nothing
            left join pg_extension e on e.extname = 'vector' left join pg_namespace n on n.oid = e.extnamespace
            """;
        return (await find.ReadRowAsync(connection, cancellationToken).ConfigureAwait(false))!;
    }
}
