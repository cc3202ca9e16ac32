using System.Globalization;
using Npgsql;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Searching;

/// <summary>
/// Inverse document frequencies in the records of a table as they are: <c>ln((n - df + 0.5) / (df + 0.5) + 1)</c>, n the records whose vector has an entry,
/// df those that have the position. Counted by a scan of the column: pgvector has no index of positions.
/// </summary>
internal static class Idf
{
    /// <summary>A statement may return 1,664 columns.</summary>
    private const int PositionsOfAStatement = 1000;

    private static readonly float[] Unit = [1];

    /// <summary>The query with its weights multiplied, each in double precision and then rounded once.</summary>
    public static async Task<SparseVector> WeighAsync(
        SparseVector query, VectorColumn column, StoreTable table, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (query.Count == 0)
        {
            return query;
        }

        int[] positions = query.Indices.ToArray();
        float[] weights = query.Values.ToArray();
        double[] factors = await CountAsync(positions, column, table, connection, cancellationToken).ConfigureAwait(false);
        float[] weighed = [.. weights.Zip(factors, (weight, factor) => (float)Math.Clamp(weight * factor, float.Epsilon, float.MaxValue))];
        return new SparseVector(positions, weighed, query.Dimensions);
    }

    /// <summary>The factor of each position.</summary>
    public static async Task<double[]> CountAsync(
        IReadOnlyList<int> positions, VectorColumn column, StoreTable table, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var factors = new List<double>(positions.Count);
        foreach (int[] some in positions.Chunk(PositionsOfAStatement))
        {
            object?[] row = (await Count(some, column, table).ReadRowAsync(connection, cancellationToken).ConfigureAwait(false))!;
            factors.AddRange(row.Skip(1).Select(having => Math.Log(((long)row[0]! + 1.0) / ((long)having! + 0.5))));
        }

        return [.. factors];
    }

    private static SqlStatement Count(IReadOnlyList<int> positions, VectorColumn column, StoreTable table)
    {
        var statement = new SqlStatement();
        string entries = string.Join(" or ", column.Names.Zip(column.Sizes, (name, size) =>
            column.Differs($"t.{name}", statement.Vector(new Pgvector.SparseVector(size, ReadOnlyMemory<int>.Empty, ReadOnlyMemory<float>.Empty)))));
        IEnumerable<string> counts = positions.Select(position =>
        {
            (int part, int rest) = (position / PostgresLimits.SparseDimensions, position % PostgresLimits.SparseDimensions);
            string one = statement.Vector(new Pgvector.SparseVector(column.Sizes[part], new[] { rest }, Unit));
            return string.Create(CultureInfo.InvariantCulture, $"count(*) filter (where {column.Product($"t.{column.Names[part]}", one)} < 0)");
        });
        statement.Text = $"select count(*) filter (where {entries}), {string.Join(", ", counts)} from {table.Name} t where {table.Where(statement, "t")}";
        return statement;
    }
}
