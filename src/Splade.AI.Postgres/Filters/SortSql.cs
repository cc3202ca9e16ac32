using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Filters;

/// <summary>The order of a listing: by kind, then by value; lists and what is missing last; equal ones by insertion.</summary>
internal static class SortSql
{
    /// <summary>What follows <c>order by</c>.</summary>
    public static string Of(IReadOnlyList<MetadataSort> sort, SqlStatement statement, string row) =>
        string.Join(", ", sort.Where(by => PostgresText.IsKept(by.Field)).SelectMany(by => Keys(by, statement, row)).Append($"{row}.{StoreTable.Order}"));

    private static IEnumerable<string> Keys(MetadataSort by, SqlStatement statement, string row)
    {
        string value = $"({row}.{StoreTable.Filter} -> {statement.OfText(by.Field)})";
        string direction = by.Descending ? "desc nulls last" : "asc nulls last";
        yield return $"case when {value} is null or {value} ? '{FilterColumn.List}' then null "
            + $"when {value} ? 't' then 0 when {value} ? 'n' then 1 when {value} ? 'b' then 2 else 3 end {direction}";
        yield return $"({value} #>> '{{t,0}}') collate \"C\" {direction}";
        yield return $"({value} #>> '{{n,0}}')::numeric {direction}";
        yield return $"({value} #>> '{{b,0}}')::boolean {direction}";
        yield return $"({value} #>> '{{d,0}}')::numeric {direction}";
    }
}
