using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Splade.AI;
using Splade.AI.Hybrid;
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
        IKernelBuilder builder = Kernel.CreateBuilder().AddSpladeVectorStore(serviceKey: "one").AddSpladeCollection<string, Note>("notes", serviceKey: "one");
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
    public async Task AddSpladeCollection_GeneratorsWithAndWithoutKey_TakesTheOneWithTheKey()
    {
        string[] called = [];
        foreach (bool isTyped in new[] { true, false })
        {
            IServiceCollection added = new ServiceCollection()
                .AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(TestGenerators.Sparse())
                .AddSingleton<IEmbeddingGenerator>(Named("plain"))
                .AddSpladeCollection<string, Said>("said", serviceKey: "one")
                .AddSpladeCollection<string, Said>("said");
            _ = isTyped
                ? added.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>("one", Named("keyed"))
                : added.AddKeyedSingleton<IEmbeddingGenerator>("one", Named("keyed"));
            await using ServiceProvider services = added.BuildServiceProvider();
            foreach (string? key in new[] { "one", null })
            {
                called = [];
                var collection = services.GetRequiredKeyedService<SpladeCollection<string, Said>>(key);
                await collection.EnsureCollectionExistsAsync();
                await collection.UpsertAsync(new Said { Id = "a", Text = "mars" });
                Assert.Equal([key is null ? "plain" : "keyed"], called);
            }
        }

        TestEmbeddingGenerator<Embedding<float>> Named(string name) => new()
        {
            GenerateCallback = (texts, options) =>
            {
                called = [.. called, name];
                return new(texts.Select(_ => new Embedding<float>(new float[] { 1, 2, 3 })));
            },
        };
    }

    [Fact]
    public async Task AddSpladeVectorStore_NoFolder_TakesTheStorageOfTheContainer()
    {
        using SpladeVectorStorage plain = new(), keyed = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddSpladeVectorStore()
            .AddSpladeVectorStore(serviceKey: "one")
            .AddSpladeVectorStore(serviceKey: "two")
            .AddSingleton(plain)
            .AddKeyedSingleton("two", keyed)
            .BuildServiceProvider();
        Assert.Same(plain, Storage(null));
        Assert.Same(plain, Storage("one"));
        Assert.Same(keyed, Storage("two"));

        object? Storage(string? key) => services.GetRequiredKeyedService<VectorStore>(key).GetService(typeof(SpladeVectorStorage));
    }

    [Fact]
    public void Options_CopiedForCollections_HaveAllThatTheStoreHas()
    {
        var options = new SpladeVectorStoreOptions
        {
            Candidates = 7,
            Fusion = HybridFusion.ReciprocalRank(5),
            EmbeddingGenerator = TestGenerators.Dense(),
            SparseEmbeddingGenerator = TestGenerators.Sparse(),
        };
        SpladeVectorStoreOptions copy = options.Copy();
        options.Candidates = 8;
        SpladeCollectionOptions own = copy.ForCollection(new VectorStoreCollectionDefinition());
        Assert.Equal(7, own.Candidates);
        Assert.Same(options.Fusion, own.Fusion);
        Assert.Same(options.EmbeddingGenerator, own.EmbeddingGenerator);
        Assert.Same(options.SparseEmbeddingGenerator, own.SparseEmbeddingGenerator);
        Assert.NotNull(own.Definition);
        Assert.Equal(100, new SpladeVectorStoreOptions().Candidates);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(options.Candidates), () => options.Candidates = 0);
        Assert.Throws<ArgumentNullException>(nameof(options.Fusion), () => options.Fusion = null!);
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

    private sealed class Said
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreData]
        public string? Text { get; set; }

        [VectorStoreVector(3)]
        public string? Meaning => Text;
    }
}
