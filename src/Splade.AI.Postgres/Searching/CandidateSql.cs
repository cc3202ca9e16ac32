using System.Globalization;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Filters;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Searching;

/// <summary>The statements that find the candidates of legs.</summary>
internal static class CandidateSql
{
    /// <summary>The rows with the best scores in a leg: <c>id</c>, <c>seq</c> and <c>score</c>. A sparse vector that shares no term is none of them.</summary>
    public static string Best(SearchLeg leg, StoreTable table, MetadataFilter? filter, int top, SqlStatement statement)
    {
        VectorColumn column = leg.Column;
        bool isSparse = column.Field.Kind == VectorKind.Sparse;
        bool findsNothing = isSparse && leg.Vector.Sparse.Count == 0;
        string distance = leg.Distance(statement, "t");
        string where = table.Where(statement, "t", [column.Exists("t"), .. findsNothing ? ["false"] : Array.Empty<string>(), .. FilterSql.Conditions(filter, statement, "t")]);

        // An index serves the bare distance only: with something added it is computed for each row, which is exact. Equal scores come by insertion then.
        (string computed, string order) = column.HasHnsw && table.Options.HnswVectors.Contains(leg.Name) ? (distance, "d") : ($"{distance} + 0", $"d, t.{StoreTable.Order}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            select {StoreTable.Id}, {StoreTable.Order}, {column.Score("d")} as score from
            (select t.{StoreTable.Id}, t.{StoreTable.Order}, {computed} as d from {table.Name} t where {where} order by {order} limit {top}) best
            {(isSparse ? "where d < 0" : "")}
            """);
    }

    /// <summary>
    /// The candidates of all legs: the id, the place in the order of insertion, and for each leg the score if the leg returned it, and the score if it did not.
    /// </summary>
    public static SqlStatement Candidates(IReadOnlyList<SearchLeg> legs, StoreTable table, MetadataFilter? filter, int top)
    {
        var statement = new SqlStatement();
        if (legs is [{ } alone])
        {
            statement.Text = Best(alone, table, filter, top, statement);
            return statement;
        }

        string found = string.Join(",\n", legs.Select((leg, i) => $"c{i} as materialized ({Best(leg, table, filter, top, statement)})"));
        string ids = string.Join(" union ", legs.Select((_, i) => $"select {StoreTable.Id} from c{i}"));
        string scores = string.Join(", ", legs.Select((leg, i) =>
            $"c{i}.score, case when c{i}.score is null then {leg.Column.Score(leg.Distance(statement, "t"))} end"));
        string joins = string.Join(' ', legs.Select((_, i) => $"left join c{i} on c{i}.{StoreTable.Id} = t.{StoreTable.Id}"));
        statement.Text = $"""
            with {found}, ids as ({ids})
            select t.{StoreTable.Id}, t.{StoreTable.Order}, {scores}
            from ids join {table.Name} t on {table.Where(statement, "t", $"t.{StoreTable.Id} = ids.{StoreTable.Id}")} {joins}
            """;
        return statement;
    }

    /// <summary>The hits of the reciprocal rank fusion: the id, the fused score, and for each leg the rank and the score.</summary>
    public static SqlStatement Fused(IReadOnlyList<SearchLeg> legs, StoreTable table, HybridQuery query, int depth)
    {
        var statement = new SqlStatement();
        string found = string.Join(",\n", legs.Select((leg, i) =>
            $"c{i} as materialized (select {StoreTable.Id}, score, rank() over (order by score desc) as place from ({Best(leg, table, query.Filter, depth, statement)}) l{i})"));
        string ids = string.Join(" union ", legs.Select((leg, i) => $"select {StoreTable.Id} from c{i} where {WeightOf(leg, query.Fusion) > 0}"));
        string sum = string.Join(" + ", legs.Select((leg, i) => string.Create(
            CultureInfo.InvariantCulture, $"coalesce({(double)WeightOf(leg, query.Fusion):R}::float8 / ({query.Fusion.K}::float8 + c{i}.place), 0)")));
        string joins = string.Join(' ', legs.Select((_, i) => $"left join c{i} on c{i}.{StoreTable.Id} = ids.{StoreTable.Id}"));
        string least = $"least({string.Join(", ", legs.Select((_, i) => $"c{i}.place"))})";
        statement.Text = string.Create(CultureInfo.InvariantCulture, $"""
            with {found}, ids as ({ids})
            select ids.{StoreTable.Id}, {sum} as fused, {string.Join(", ", legs.Select((_, i) => $"c{i}.place, c{i}.score"))}
            from ids {joins} order by fused desc, {least}, ids.{StoreTable.Id} limit {query.Top}
            """);
        return statement;
    }

    /// <summary>The settings of searches in HNSW indexes, for the transaction only: connections are pooled.</summary>
    public static SqlStatement Settings(PostgresHybridStoreOptions options, int top)
    {
        string scan = options.IterativeScan switch
        {
            PostgresIterativeScan.Off => "off",
            PostgresIterativeScan.RelaxedOrder => "relaxed_order",
            _ => "strict_order",
        };
        return new SqlStatement
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"""
                select set_config('hnsw.ef_search', '{Math.Min(PostgresLimits.MaxEfSearch, Math.Max(options.EfSearch, top))}', true),
                set_config('hnsw.iterative_scan', '{scan}', true), set_config('hnsw.max_scan_tuples', '{options.MaxScanTuples}', true)
                """),
        };
    }

    private static float WeightOf(SearchLeg leg, HybridFusion fusion) =>
        leg.Weight * (leg.Column.Field.Kind == VectorKind.Sparse ? fusion.SparseWeight : fusion.DenseWeight);
}
