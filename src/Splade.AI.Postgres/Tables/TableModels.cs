using Npgsql;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;

namespace Splade.AI.Postgres.Tables;

/// <summary>Which models a table says that its vectors come from.</summary>
internal static class TableModels
{
    /// <summary>Reads them; null for a table that has had no records.</summary>
    /// <returns>The models, and whether there are no records now.</returns>
    /// <exception cref="HybridStoreException">The row of the table is gone.</exception>
    public static async Task<(HybridModels? Stored, bool IsEmpty)> ReadAsync(StoreTable table, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var read = new SqlStatement();
        read.Text = $"select models::text, not exists (select from {table.Name}) from {table.Formats} where name = {read.OfText(table.Options.TableName)}";
        object?[] row = await read.ReadRowAsync(connection, cancellationToken).ConfigureAwait(false)
            ?? throw new HybridStoreException($"The row of the store '{table.Options.TableName}' in {table.Formats} is gone. Open the store again.");
        return (StoreModels.Parse((string?)row[0]), (bool)row[1]!);
    }
}
