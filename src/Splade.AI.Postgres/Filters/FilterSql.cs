using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Filters;

/// <summary>Filters as conditions of rows. Whatever is asked for stands in parameters. No condition is null, so that Not turns each round.</summary>
internal static class FilterSql
{
    private const int ValuesByThemselves = 100;

    /// <summary>The conditions of a filter on a row; none for no filter.</summary>
    /// <exception cref="NotSupportedException">A bound of a range is a text that PostgreSQL has not.</exception>
    public static IEnumerable<string> Conditions(MetadataFilter? filter, SqlStatement statement, string row) =>
        filter is null ? [] : [Of(filter, statement, row)];

    private static string Of(MetadataFilter filter, SqlStatement statement, string row) => filter.Kind switch
    {
        MetadataFilterKind.All => Join(filter, " and ", "true", statement, row),
        MetadataFilterKind.Any => Join(filter, " or ", "false", statement, row),
        MetadataFilterKind.Not => $"not {Of(filter.Parts[0], statement, row)}",

        // No record has a name or a value that PostgreSQL has not.
        _ when !PostgresText.IsKept(filter.Field!) => "false",
        MetadataFilterKind.Exists => $"({row}.{StoreTable.Filter} -> {statement.OfText(filter.Field!)} is not null)",
        MetadataFilterKind.In => In(filter, statement, row),
        MetadataFilterKind.Range => Range(filter, statement, row),
        _ => throw new NotSupportedException($"Found a filter of the kind {filter.Kind}, which this version does not know."),
    };

    private static string Join(MetadataFilter filter, string word, string none, SqlStatement statement, string row) =>
        filter.Parts.Count == 0 ? none : $"({string.Join(word, filter.Parts.Select(part => Of(part, statement, row)))})";

    // Each value by itself: so the index of the column serves them. Of many one parameter: a statement has 65,535 at most.
    private static string In(MetadataFilter filter, SqlStatement statement, string row)
    {
        string[] values =
        [
            .. filter.Values.Where(value => value.Kind != MetadataKind.Text || PostgresText.IsKept(value.AsString()))
                .Select(value => FilterColumn.Of(filter.Field!, value)),
        ];
        return values.Length == 0 ? "false"
            : values.Length > ValuesByThemselves ? $"({row}.{StoreTable.Filter} @> any({statement.Value(values, NpgsqlDbType.Array | NpgsqlDbType.Jsonb)}))"
            : $"({string.Join(" or ", values.Select(value => $"{row}.{StoreTable.Filter} @> {statement.Value(value, NpgsqlDbType.Jsonb)}"))})";
    }

    // Texts are compared by code points, as JSON paths do in a database of UTF-8, numbers and ticks exactly.
    private static string Range(MetadataFilter filter, SqlStatement statement, string row)
    {
        string kind = FilterColumn.NameOf((filter.Low ?? filter.High)!.Kind);
        var values = new List<(string, MetadataValue)>();
        var bounds = new List<string>();
        Add(filter.Low, "low", filter.LowIncluded ? ">=" : ">");
        Add(filter.High, "high", filter.HighIncluded ? "<=" : "<");
        return $"coalesce(jsonb_path_exists({row}.{StoreTable.Filter} -> {statement.OfText(filter.Field!)}, "
            + $"'$.{kind}[*] ? ({string.Join(" && ", bounds)})', {statement.Value(FilterColumn.Variables(values), NpgsqlDbType.Jsonb)}), false)";

        void Add(MetadataValue? bound, string name, string comparison)
        {
            if (bound is null)
            {
                return;
            }

            if (bound.Kind == MetadataKind.Text && PostgresText.FindProblem(bound.AsString()) is string problem)
            {
                throw new NotSupportedException($"Found {problem} in a bound of '{filter.Field}', expected a text that PostgreSQL has.");
            }

            values.Add((name, bound));
            bounds.Add($"@ {comparison} ${name}");
        }
    }
}
