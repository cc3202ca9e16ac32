using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <summary>
/// What every <see cref="IHybridStore"/> has to do. Derive a class from it, with a fixture that opens stores, and xUnit runs all of it. Where a store says
/// by its <see cref="HybridStoreFeatures"/> that it cannot do something, the refusal is what is tested.
/// </summary>
/// <typeparam name="TFixture">Opens the stores.</typeparam>
/// <param name="fixture">What opens them.</param>
public abstract partial class HybridStoreTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>, IAsyncLifetime
    where TFixture : class, IHybridStoreFixture
{
    private readonly List<IHybridStore> _opened = [];
    private readonly string _name = $"s{Guid.NewGuid():N}";

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (IHybridStore store in _opened)
        {
            await store.DisposeAsync();
        }
    }

    private async Task<IHybridStore> OpenAsync(HybridSchema? schema = null, string suffix = "")
    {
        IHybridStore store = await fixture.OpenAsync(await fixture.LocateAsync(), _name + suffix, schema ?? StoreRecords.Schema);
        _opened.Add(store);
        return store;
    }

    private async Task<IHybridStore> FillAsync(params IEnumerable<HybridRecord> records)
    {
        IHybridStore store = await OpenAsync();
        await store.UpsertAsync(records);
        return store;
    }

    private static async Task<EmbeddedHybridStore> EmbeddedAsync(params IEnumerable<HybridRecord> records)
    {
        var store = EmbeddedHybridStore.CreateInMemory(StoreRecords.Schema);
        await store.UpsertAsync(records);
        return store;
    }

    private static async Task<List<HybridRecord>> ListAsync(IHybridStore store, HybridListOptions? options = null) =>
        await store.ListAsync(options).ToListAsync();

    private static async Task<string[]> IdsAsync(IHybridStore store, HybridListOptions? options = null) =>
        [.. (await ListAsync(store, options)).Select(record => record.Id)];

    private static string[] Sorted(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static void AssertSame(HybridRecord expected, HybridRecord found, bool keepsBits)
    {
        Assert.Equal((expected.Id, expected.Text), (found.Id, found.Text));
        Assert.Equal(Described(expected), Described(found));
        Assert.Equal(Sorted(expected.Vectors.Keys), Sorted(found.Vectors.Keys));
        foreach ((string name, HybridVector vector) in expected.Vectors)
        {
            HybridVector other = found.Vectors[name];
            Assert.Equal((vector.Kind, vector.Dimensions), (other.Kind, other.Dimensions));
            if (vector.Kind == VectorKind.Sparse)
            {
                Assert.Equal(vector.Sparse, other.Sparse);
            }
            else if (keepsBits)
            {
                Assert.Equal(vector.Dense.ToArray(), other.Dense.ToArray());
            }
            else
            {
                Assert.All(vector.Dense.ToArray().Zip(other.Dense.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            }
        }
    }

    /// <summary>With kinds, and the offsets of dates, which equality passes over.</summary>
    private static string[] Described(HybridRecord record) =>
        [.. record.Metadata.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {field.Value.Kind} {field.Value}")];
}
