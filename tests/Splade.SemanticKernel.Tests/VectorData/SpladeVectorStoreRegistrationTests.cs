using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Splade.AI;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

public sealed class SpladeVectorStoreRegistrationTests
{
    [Fact]
    public async Task AddSpladeCollection_BesideStore_SharesItsStorageAndFindsGenerators()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(TestGenerators.Sparse())
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(TestGenerators.Dense())
            .AddSpladeVectorStore()
            .AddSpladeCollection<string, Note>("notes", lifetime: ServiceLifetime.Transient)
            .BuildServiceProvider();
        var notes = services.GetRequiredService<IKeywordHybridSearchable<Note>>();
        var collection = services.GetRequiredService<VectorStoreCollection<string, Note>>();
        Assert.NotSame(notes, collection);
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Note { Id = "a", Text = "mars", Dense = new float[] { 1, 2, 3 } });
        Assert.Equal(["notes"], await services.GetRequiredService<VectorStore>().ListCollectionNamesAsync().ToArrayAsync());
        Assert.Equal("a", (await notes.HybridSearchAsync("xy", ["mars"], 1, new() { VectorProperty = n => n.Dense }).SingleAsync()).Record.Id);
    }

    [Fact]
    public async Task AddSpladeVectorStore_OfKernelBuilder_IsInKernel()
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddSpladeVectorStore(serviceId: "one").AddSpladeCollection<string, Note>("notes", serviceId: "one");
        builder.Services.AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(TestGenerators.Sparse());
        Kernel kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;
        await kernel.GetRequiredService<VectorStoreCollection<string, Note>>("one").EnsureCollectionExistsAsync();
        Assert.True(await kernel.GetRequiredService<VectorStore>("one").CollectionExistsAsync("notes"));
        Assert.Null(kernel.Services.GetService<VectorStore>());
    }

    [Fact]
    public async Task AddSpladeVectorStore_Keys_AreApart()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddKeyedSingleton<IEmbeddingGenerator<string, SparseEmbedding>>("one", TestGenerators.Sparse())
            .AddSpladeVectorStore(serviceKey: "one")
            .AddSpladeVectorStore(serviceKey: "two")
            .BuildServiceProvider();
        VectorStore one = services.GetRequiredKeyedService<VectorStore>("one"), two = services.GetRequiredKeyedService<VectorStore>("two");
        await one.GetCollection<string, Note>("notes").EnsureCollectionExistsAsync();
        Assert.Empty(await two.ListCollectionNamesAsync().ToArrayAsync());
        Assert.Throws<InvalidOperationException>(() => two.GetCollection<string, Note>("notes"));
        Assert.Null(services.GetService<VectorStore>());
    }

    [Fact]
    public async Task AddSpladeVectorStore_OneFolderTwice_IsOpenedOnce()
    {
        string folder = Directory.CreateTempSubdirectory("splade-services-").FullName;
        VectorStoreCollection<string, Note> collection;
        await using (ServiceProvider services = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(TestGenerators.Sparse())
            .AddSpladeVectorStore(folder)
            .AddSpladeCollection<string, Note>("notes", Path.Combine(folder, "."), serviceKey: "key", lifetime: ServiceLifetime.Scoped)
            .BuildServiceProvider())
        {
            using IServiceScope scope = services.CreateScope();
            collection = scope.ServiceProvider.GetRequiredKeyedService<VectorStoreCollection<string, Note>>("key");
            await collection.EnsureCollectionExistsAsync();
            Assert.True(await services.GetRequiredService<SpladeVectorStore>().CollectionExistsAsync("notes"));
        }

        // The container has closed it.
        await Assert.ThrowsAsync<ObjectDisposedException>(() => collection.GetAsync("a"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void AddSpladeVectorStore_Registered_BuildsNothing()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(_ => throw new InvalidOperationException("Built too early."))
            .AddSpladeVectorStore(folder)
            .AddSpladeCollection<string, Note>("notes", folder)
            .BuildServiceProvider();
        Assert.False(Directory.Exists(folder));
        Assert.Throws<InvalidOperationException>(services.GetRequiredService<SpladeVectorStore>);
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSpladeCollection<string, Note>(" "));
    }
}
