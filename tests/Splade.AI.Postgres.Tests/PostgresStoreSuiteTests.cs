using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;
using Splade.Testing.Stores;

namespace Splade.AI.Postgres.Tests;

/// <summary>A store in PostgreSQL does what every store has to do.</summary>
public sealed class PostgresStoreSuiteTests(PostgresStores fixture) : HybridStoreTests<PostgresStores>(fixture);

public sealed class PostgresStores : IHybridStoreFixture
{
    public static string? Unavailable => TestServer.Unavailable;

    public bool Persists => true;

    public float Tolerance => 1e-6f;

    public Task<string> LocateAsync() => Task.FromResult(TestServer.ConnectionString);

    public async Task<IHybridStore> OpenAsync(string place, string name, HybridSchema schema) => await PostgresHybridStore.OpenAsync(new PostgresHybridStoreOptions
    {
        ConnectionString = place,
        Schema = schema,
        TableName = name,
    });
}
