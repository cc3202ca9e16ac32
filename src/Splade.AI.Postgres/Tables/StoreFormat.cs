using Splade.AI.Hybrid;

namespace Splade.AI.Postgres.Tables;

/// <summary>What a table was created for, and whether a store may open it.</summary>
internal static class StoreFormat
{
    /// <summary>How a store keeps its rows, in words that are compared.</summary>
    public static string StorageOf(PostgresHybridStoreOptions options) =>
        $"{(options.HalfPrecision ? "half" : "single")} precision, {(options.Tenant is null ? "no tenants" : "tenants")}";

    /// <exception cref="HybridStoreException">The table is another one.</exception>
    public static void Require(int known, PostgresHybridStoreOptions options, int format, string vectors, string storage, string? models)
    {
        string table = $"the table '{options.TableName}'";
        if (format != known)
        {
            throw new HybridStoreException($"Found format {format} of {table}, expected {known}: another version of Splade.AI.Postgres made it.");
        }

        if (HybridSchema.Parse(vectors).DifferencesFrom(options.Schema!) is { Count: > 0 } differences)
        {
            throw new HybridStoreException(
                $"The records of {table} have other vectors: {string.Join("; ", differences)}. Open it with the schema '{vectors}', or choose another table.");
        }

        if (storage != StorageOf(options))
        {
            throw new HybridStoreException($"Found {table} with {storage}, expected {StorageOf(options)}. Open it as it was created, or choose another table.");
        }

        if (StoreModels.Parse(models) is { } there && there.DifferencesFrom(options.Schema!.Models) is { Count: > 0 } others)
        {
            throw new HybridStoreException(
                $"The vectors of {table} come from other models: {string.Join("; ", others)}. Use the models of the table, or choose another one.");
        }
    }
}
