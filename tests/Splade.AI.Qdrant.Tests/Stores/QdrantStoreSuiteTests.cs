using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Tests.TestDoubles;
using Splade.Testing.Stores;

namespace Splade.AI.Qdrant.Tests.Stores;

/// <summary>The store does what every store has to do.</summary>
[Collection(QdrantTests.Name)]
public sealed class QdrantStoreSuiteTests(QdrantStores fixture) : HybridStoreTests<QdrantStores>(fixture);

public sealed class QdrantStores : IHybridStoreFixture
{
    public static string? Unavailable => QdrantServer.Unavailable;

    public bool Persists => true;

    public float Tolerance => 1e-5f;

    public async Task<string> LocateAsync() => (await QdrantServer.FindAsync()).OriginalString;

    public async Task<IHybridStore> OpenAsync(string place, string name, HybridSchema schema)
    {
        QdrantHybridStoreOptions options = QdrantServer.OptionsFor(new Uri(place), name);
        options.Schema = schema;
        options.Indexes = [.. StoreRecords.Fields.Select(field => new QdrantPayloadIndex(field.Name, field.Kind))];
        options.RefuseUnindexedFilters = true;
        return await QdrantHybridStore.OpenAsync(options);
    }
}
