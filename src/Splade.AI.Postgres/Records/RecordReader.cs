using Npgsql;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Records;

/// <summary>Reads records of rows, whose columns are those of <see cref="StoreTable.Columns"/>.</summary>
internal static class RecordReader
{
    /// <summary>The records that a statement finds, in its order.</summary>
    public static async Task<IReadOnlyList<HybridRecord>> ReadAllAsync(
        SqlStatement statement, StoreTable table, HybridRecordParts parts, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var records = new List<HybridRecord>();
        NpgsqlCommand command = statement.ToCommand(connection);
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    records.Add(Read(reader, table, parts));
                }
            }
        }

        return records;
    }

    public static HybridRecord Read(NpgsqlDataReader row, StoreTable table, HybridRecordParts parts)
    {
        int at = 0;
        string id = row.GetString(at++);
        string text = parts.HasFlag(HybridRecordParts.Text) ? row.GetString(at++) : "";
        IReadOnlyDictionary<string, MetadataValue>? metadata = parts.HasFlag(HybridRecordParts.Metadata) ? NewRow.Parse(row.GetString(at++)) : null;
        var vectors = new OrderedDictionary<string, HybridVector>(table.Vectors.Count, StringComparer.Ordinal);
        foreach (VectorColumn column in table.Vectors.Where(column => StoreTable.Has(parts, column.Field)))
        {
            if (!row.IsDBNull(at))
            {
                vectors[column.Field.Name] = RecordVectors.FromColumns(column, [.. column.Names.Select((_, part) => row.GetValue(at + part))]);
            }

            at += column.Names.Count;
        }

        return new HybridRecord(id, text, vectors, metadata, parts);
    }
}
