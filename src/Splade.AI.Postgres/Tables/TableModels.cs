using Npgsql;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;

namespace Splade.AI.Postgres.Tables;

/// <summary>Reads the models of a table.</summary>
internal static class TableModels
{
    /// <summary>The statement: one row of the models and of whether there are no records.</summary>
    public static SqlStatement Read(StoreTable table)
    {
        var read = new SqlStatement();
        read.Text = $"select models::text, not exists (select from {table.Name}) from {table.Formats} where name = {read.OfText(table.Options.TableName)}";
        return read;
    }

    /// <summary>Reads that row.</summary>
    /// <exception cref="HybridStoreException">There is none.</exception>
    public static async Task<(HybridModels? Stored, bool IsEmpty)> ReadAsync(StoreTable table, NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new HybridStoreException($"The row of the store '{table.Options.TableName}' in {table.Formats} is gone. Open the store again.");
        }

        return (await reader.IsDBNullAsync(0, cancellationToken).ConfigureAwait(false) ? null : StoreModels.Parse(reader.GetString(0)), reader.GetBoolean(1));
    }
}
