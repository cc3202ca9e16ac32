using Splade.AI.Hybrid;
using Splade.Testing.Stores;

namespace Splade.AI.Tests.Hybrid.Stores;

/// <summary>The embedded store in memory does what every store has to do.</summary>
public sealed class MemoryStoreSuiteTests(MemoryStores fixture) : HybridStoreTests<MemoryStores>(fixture);

/// <summary>The embedded store in a folder does what every store has to do.</summary>
public sealed class FolderStoreSuiteTests(FolderStores fixture) : HybridStoreTests<FolderStores>(fixture)
{
    [SlowFact]
    public async Task Ingest_KilledOften_HasEachPassageOnce()
    {
        for (int seed = 2; seed < 7; seed++)
        {
            await KillIngestAsync(seed, kills: 8);
        }
    }
}

public sealed class MemoryStores : IHybridStoreFixture
{
    public static string? Unavailable => null;

    public bool Persists => false;

    public float Tolerance => 0;

    public Task<string> LocateAsync() => Task.FromResult(string.Empty);

    public Task<IHybridStore> OpenAsync(string place, string name, HybridSchema schema) => Task.FromResult<IHybridStore>(EmbeddedHybridStore.CreateInMemory(schema));
}

public sealed class FolderStores : IHybridStoreFixture, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static string? Unavailable => null;

    public bool Persists => true;

    public float Tolerance => 0;

    public Task<string> LocateAsync() => Task.FromResult(_folder.Path);

    public async Task<IHybridStore> OpenAsync(string place, string name, HybridSchema schema) => await EmbeddedHybridStore.OpenAsync(Path.Combine(place, name), schema);

    public void Dispose() => _folder.Dispose();
}
