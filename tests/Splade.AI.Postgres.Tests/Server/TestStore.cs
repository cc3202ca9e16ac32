using Splade.AI.Hybrid;
using Splade.Testing.Stores;

namespace Splade.AI.Postgres.Tests.Server;

/// <summary>Options and stores of the tests, each test with a table of its own.</summary>
internal static class TestStore
{
    public static PostgresHybridStoreOptions Options(Action<PostgresHybridStoreOptions>? configure = null)
    {
        var options = new PostgresHybridStoreOptions
        {
            ConnectionString = TestServer.ConnectionString,
            Schema = StoreRecords.Schema,
            SchemaName = "splade tests",
            TableName = $"t{Guid.NewGuid():N}",
        };
        configure?.Invoke(options);
        return options;
    }

    public static Task<PostgresHybridStore> OpenAsync(Action<PostgresHybridStoreOptions>? configure = null) => PostgresHybridStore.OpenAsync(Options(configure));

    /// <summary>A schema of one dense vector of two dimensions, compared by the dot product.</summary>
    public static HybridSchema Plane { get; } = new(VectorField.Dense("v", 2, SimilarityFunction.Dot));

    public static HybridRecord Point(string id, float x, float y = 0, IReadOnlyDictionary<string, MetadataValue>? metadata = null) =>
        new(id, $"text of {id}", new Dictionary<string, HybridVector> { ["v"] = new[] { x, y } }, metadata);

    public static HybridRecord Term(string id, SparseVector vector, string name = "s") =>
        new(id, $"text of {id}", new Dictionary<string, HybridVector> { [name] = vector });

    /// <summary>A sparse vector with many entries, the first ones the heaviest.</summary>
    public static SparseVector Long(int count, int dimensions) =>
        new([.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count).Select(i => 2f - ((float)i / count))], dimensions);
}
