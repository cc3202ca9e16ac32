using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Sql;

namespace Splade.AI.Postgres.Tables;

/// <summary>The table of a store: its names, quoted, and its columns. Immutable.</summary>
internal sealed class StoreTable
{
    public const string Id = "\"id\"", Text = "\"text\"", Metadata = "\"metadata\"", Filter = "\"filter\"", Order = "\"seq\"", Tenant = "\"tenant\"";

    /// <param name="options">The options of the store, checked.</param>
    /// <param name="extension">The schema of the extension.</param>
    /// <param name="indexed">The names of vectors that have an HNSW index already, beside those that are to have one.</param>
    public StoreTable(PostgresHybridStoreOptions options, string extension, IReadOnlyCollection<string> indexed)
    {
        Options = options;
        SchemaName = SqlNames.Quote(options.SchemaName);
        Name = $"{SchemaName}.{SqlNames.Quote(options.TableName)}";
        Sequence = $"{SchemaName}.{SqlNames.Quote($"{options.TableName}_seq")}";
        Formats = $"{SchemaName}.\"splade_stores\"";
        Vectors =
        [
            .. options.Schema!.Vectors.Select(vector => new VectorColumn(
                vector, SqlNames.Quote(extension), options.HalfPrecision, options.HnswVectors.Contains(vector.Name) || indexed.Contains(vector.Name))),
        ];
    }

    public PostgresHybridStoreOptions Options { get; }

    public string SchemaName { get; }

    public string Name { get; }

    /// <summary>What counts insertions. Not an identity column: numbers are taken in the order of the records, before these are put in by their ids.</summary>
    public string Sequence { get; }

    /// <summary>The table of the formats of all stores of the schema.</summary>
    public string Formats { get; }

    public IReadOnlyList<VectorColumn> Vectors { get; }

    public bool HasTenants => Options.Tenant is not null;

    /// <summary>The columns of the primary key.</summary>
    public string Key => HasTenants ? $"{Tenant}, {Id}" : Id;

    /// <summary>What locks of this table are known by, beside those of others.</summary>
    public string LockName => $"Splade.AI.Postgres {Name}";

    public VectorColumn Find(string name) => Vectors.First(vector => vector.Field.Name == name);

    /// <summary>Which rows are the store's, and match a filter: what follows <c>where</c>.</summary>
    /// <param name="statement">Takes the values.</param>
    /// <param name="row">The name of the row.</param>
    /// <param name="conditions">More conditions.</param>
    public string Where(SqlStatement statement, string row, params IEnumerable<string> conditions)
    {
        string[] all = [.. HasTenants ? [$"{row}.{Tenant} = {statement.OfText(Options.Tenant!)}"] : Array.Empty<string>(), .. conditions];
        return all.Length == 0 ? "true" : string.Join(" and ", all);
    }

    /// <summary>What a lock of the table is taken with, given the function that takes it.</summary>
    public string Lock(SqlStatement statement, string function) => $"{function}(hashtextextended({statement.Value(LockName, NpgsqlDbType.Text)}, 0))";

    /// <summary>The columns of what is read of a row, in the order in which it is read.</summary>
    public string Columns(string row, HybridRecordParts parts)
    {
        var columns = new List<string> { Id };
        columns.AddRange(parts.HasFlag(HybridRecordParts.Text) ? [Text] : []);
        columns.AddRange(parts.HasFlag(HybridRecordParts.Metadata) ? [Metadata] : []);
        columns.AddRange(Vectors.Where(vector => Has(parts, vector.Field)).SelectMany(vector => vector.Names));
        return string.Join(", ", columns.Select(column => $"{row}.{column}"));
    }

    public static bool Has(HybridRecordParts parts, VectorField vector) =>
        parts.HasFlag(vector.Kind == VectorKind.Sparse ? HybridRecordParts.Sparse : HybridRecordParts.Dense);
}
