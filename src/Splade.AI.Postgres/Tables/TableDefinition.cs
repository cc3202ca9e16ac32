namespace Splade.AI.Postgres.Tables;

/// <summary>The statements that create a table and its indexes.</summary>
internal static class TableDefinition
{
    /// <summary>All of them, for a table that is not there.</summary>
    public static string Create(StoreTable table)
    {
        PostgresHybridStoreOptions options = table.Options;
        string by = table.HasTenants ? StoreTable.Tenant : StoreTable.Id;
        var statements = new List<string>
        {
            $"create sequence {table.Sequence}",
            $"""
            create table {table.Name} (
            {(table.HasTenants ? $"{StoreTable.Tenant} text collate \"C\" not null,\n" : "")}{Columns(table)},
            {StoreTable.Order} bigint not null default nextval('{table.Sequence.Replace("'", "''", StringComparison.Ordinal)}'),
            primary key ({table.Key}))
            {(options.Partitions > 0 ? $"partition by hash ({by})" : "")}
            """,
            $"alter sequence {table.Sequence} owned by {table.Name}.{StoreTable.Order}",
        };
        for (int i = 0; i < options.Partitions; i++)
        {
            string name = $"{table.SchemaName}.{SqlNames.Quote($"{options.TableName}_p{i}")}";
            statements.Add($"create table {name} partition of {table.Name} for values with (modulus {options.Partitions}, remainder {i})");
        }

        if (options.IsDistributed)
        {
            statements.Add($"select create_distributed_table({Literal(table.Name)}, {Literal(by.Trim('"'))})");
        }

        statements.Add($"create index on {table.Name} ({(table.HasTenants ? $"{StoreTable.Tenant}, " : "")}{StoreTable.Order})");
        statements.Add($"create index on {table.Name} using gin ({StoreTable.Filter} jsonb_path_ops)");
        return string.Join(";\n", statements);
    }

    /// <summary>The table that a batch is copied into before it is put in, gone with its transaction.</summary>
    public static string CreateBatch(StoreTable table) => $"create temporary table {Batch} (\"ord\" integer not null, {Columns(table)}) on commit drop";

    public const string Batch = "\"splade_batch\"";

    /// <summary>The HNSW index of a vector.</summary>
    public static string CreateHnsw(StoreTable table, VectorColumn vector) => FormattableString.Invariant(
        $"create index on {table.Name} using hnsw ({vector.Names[0]} {vector.OperatorClass}) with (m = {table.Options.HnswM}, ef_construction = {table.Options.HnswEfConstruction})");

    public static string CreateFormats(StoreTable table) => $"""
        create table if not exists {table.Formats}
        (name text collate "C" primary key, format integer not null, vectors text not null, storage text not null, models json)
        """;

    // The metadata is text in JSON's syntax, given back as it came: jsonb would write 1E+300 in 301 digits.
    private static string Columns(StoreTable table) =>
        $"""
        {StoreTable.Id} text collate "C" not null,
        {StoreTable.Text} text not null,
        {StoreTable.Metadata} json not null,
        {StoreTable.Filter} jsonb not null,
        {string.Join(",\n", table.Vectors.SelectMany(vector => vector.Names.Zip(vector.Types, (name, type) => $"{name} {type}")))}
        """;

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
