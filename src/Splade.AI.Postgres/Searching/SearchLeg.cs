using Splade.AI.Hybrid;
using Splade.AI.Postgres.Records;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Searching;

/// <summary>A leg of a search: the vector of the query, and the column that it is compared with. Immutable.</summary>
internal sealed record SearchLeg(string Name, HybridVector Vector, float Weight, VectorColumn Column)
{
    /// <summary>The legs of a query, checked.</summary>
    /// <exception cref="ArgumentException">A vector does not fit the table.</exception>
    /// <exception cref="NotSupportedException">The store has no vectors of the kind that is asked for.</exception>
    public static IReadOnlyList<SearchLeg> Of(HybridQuery query, StoreTable table, string parameter)
    {
        SearchLeg[] legs = [.. query.GetLegs(table.Options.Schema!, parameter).Select(leg => new SearchLeg(leg.Name, leg.Vector, leg.Weight, table.Find(leg.Name)))];
        foreach (SearchLeg leg in legs)
        {
            try
            {
                table.Options.Schema!.Require(leg.Name, leg.Vector);
                leg.Require();
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"The query does not fit: {error.Message}", parameter, error);
            }
        }

        return legs;
    }

    /// <summary>Adds the vector as parameters, and gives the distance of that of a row to it.</summary>
    /// <param name="statement">Takes the parameters.</param>
    /// <param name="row">The name of the row.</param>
    public string Distance(SqlStatement statement, string row) =>
        Column.Distance(row, [.. RecordVectors.ToColumns(Column, Vector).Select(statement.Vector)]);

    private void Require()
    {
        if (Vector.Kind == VectorKind.Sparse)
        {
            RecordCheck.RequireSparse(Vector.Sparse, Column, PostgresLimits.SparseEntries);
        }
        else
        {
            RecordCheck.RequireDense(Vector.Dense.Span, Column);
        }
    }
}
