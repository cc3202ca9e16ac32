using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.Tests.TestData;
using SparseGenerator = Microsoft.Extensions.AI.IEmbeddingGenerator<string, Splade.AI.SparseEmbedding>;

namespace Splade.SemanticKernel.Tests;

public sealed class SpladeKernelBuilderExtensionsTests
{
    private const string Nowhere = "/nowhere/at-all";

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_Defaults_EncodesDocumentsWithAllThatAConnectorOwes()
    {
        Kernel kernel = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder).Build();
        var sut = kernel.GetRequiredService<SparseGenerator>();

        GeneratedEmbeddings<SparseEmbedding> embeddings = await sut.GenerateAsync(["Mars is called the Red Planet.", "Venus"]);

        Assert.Equal(2, embeddings.Count);
        Assert.All(embeddings, e => Assert.Equal("splade-tiny", e.ModelId));
        Assert.All(embeddings, e => Assert.NotNull(e.CreatedAt));
        Assert.True(embeddings.Usage!.InputTokenCount > 0);
        Assert.Equal(30522, sut.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
        Assert.NotNull(sut.GetService<OpenTelemetryEmbeddingGenerator<string, SparseEmbedding>>());
        Assert.Same(kernel.GetRequiredService<SpladeEngine>(), sut.GetService<SpladeEngine>());
        await DisposeAsync(kernel);
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_NameWithoutAHub_SaysThatThereIsOne()
    {
        Kernel kernel = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator("naver/splade-v3").Build();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => kernel.GetRequiredService<SparseGenerator>().GenerateAsync("tea"));
        Assert.Contains("If 'naver/splade-v3' is a model's name", error.Message, StringComparison.Ordinal);
        Assert.Contains("set Hub of the options to a SpladeModelHub", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_EachForm_RegistersTheClosedGenericAndNothingThatVectorStoresTake()
    {
        var services = new ServiceCollection();
        services.AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder).AddKeyedSpladeEmbeddingGenerator("second", KernelFixture.SparseFolder);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Null(provider.GetService<IEmbeddingGenerator>());
        Assert.NotSame(provider.GetRequiredService<SparseGenerator>(), provider.GetRequiredKeyedService<SparseGenerator>("second"));
        Assert.NotSame(provider.GetRequiredService<SpladeEngine>(), provider.GetRequiredKeyedService<SpladeEngine>("second"));
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_InputType_KeepsQueriesAndDocumentsApart()
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder);
        builder.Services.AddKeyedSpladeEmbeddingGenerator("queries", EmbeddingInputType.Query);
        builder.AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder, inputType: EmbeddingInputType.Query, serviceKey: "other");
        Kernel kernel = builder.Build();

        string[] keys = [.. new[] { null, "queries", "other" }.Select(id =>
            string.Join('|', kernel.GetRequiredService<SparseGenerator>(id).GetRequiredService<SpladeEmbeddingGenerator>().CacheKeyAdditionalValues))];

        Assert.Equal(keys[1], keys[2]);
        Assert.NotEqual(keys[0], keys[1]);
        Assert.Same(kernel.GetRequiredService<SpladeEngine>(), kernel.GetRequiredService<SparseGenerator>("queries").GetService<SpladeEngine>());
        await DisposeAsync(kernel);
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_ModelThatIsNotThere_FailsAtTheFirstCallAndNotBefore()
    {
        Kernel kernel = Kernel.CreateBuilder()
            .AddSpladeEmbeddingGenerator(Nowhere)
            .AddSpladeDenseEmbeddingGenerator(Nowhere)
            .AddSpladeHybridRetriever(EmbeddedHybridStore.CreateInMemory())
            .AddSpladePlugin()
            .AddSpladeTextSearch()
            .Build();

        Assert.Equal(6, kernel.Plugins["splade"].FunctionCount);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => kernel.GetRequiredService<SparseGenerator>().GenerateAsync(["refund"]));
        Assert.Contains(Nowhere, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddSpladeHybridRetriever_WithAStore_SearchesItInBothForms()
    {
        using EmbeddedHybridStore plain = EmbeddedHybridStore.CreateInMemory(), keyed = EmbeddedHybridStore.CreateInMemory();
        IKernelBuilder builder = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator(Nowhere).AddSpladeDenseEmbeddingGenerator(Nowhere).AddSpladeHybridRetriever(plain);
        builder.Services.AddSpladeHybridRetriever(keyed, "second").AddSpladeHybridRetriever(serviceKey: "third");
        Kernel kernel = builder.Build();

        Assert.Same(plain, kernel.GetRequiredService<IHybridStore>());
        Assert.Same(keyed, kernel.GetRequiredService<IHybridStore>("second"));
        Assert.NotSame(kernel.GetRequiredService<HybridRetriever>(), kernel.GetRequiredService<HybridRetriever>("second"));
        Assert.NotNull(kernel.GetRequiredService<HybridRetriever>("third"));
        await DisposeAsync(kernel);
    }

    [Fact]
    public async Task AddSpladePlugin_ModelThatIsNotThere_IsLoggedAndThrown()
    {
        using var log = new TestLoggerFactory();
        IKernelBuilder builder = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator(Nowhere).AddSpladePlugin();
        builder.Services.AddSingleton<ILoggerFactory>(log);
        Kernel kernel = builder.Build();

        await Assert.ThrowsAsync<KernelException>(() => kernel.InvokeAsync("splade", "splade_encode", new() { ["text"] = "refund" }));

        Assert.Contains(log.Entries, e => e.Level == LogLevel.Error && e.Message.Contains("splade_encode", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_DisposedContainer_HasDisposedTheModel()
    {
        Kernel kernel = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder).AddSpladePlugin().Build();
        SpladeEngine engine = kernel.GetRequiredService<SpladeEngine>();
        var generator = kernel.GetRequiredService<SparseGenerator>();
        await generator.GenerateAsync(["refund"]);

        await DisposeAsync(kernel);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.EncodeAsync(["refund"]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["refund"]));
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_ManyFirstCallers_ShareOneLoad()
    {
        using var log = new TestLoggerFactory();
        IKernelBuilder builder = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder).AddSpladePlugin();
        builder.Services.AddSingleton<ILoggerFactory>(log);
        Kernel kernel = builder.Build();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => i % 2 == 0
            ? (Task)kernel.InvokeAsync("splade", "splade_encode", new() { ["text"] = $"moon {i}" })
            : kernel.GetRequiredService<SparseGenerator>().GenerateAsync([$"moon {i}"])));

        Assert.Single(log.Entries, e => e.Message.Contains("splade-tiny", StringComparison.Ordinal) && e.Message.Contains("loaded", StringComparison.OrdinalIgnoreCase));
        await DisposeAsync(kernel);
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_Configure_SetsTheEngine()
    {
        Kernel kernel = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder, o => o.Encoding.MaxTokens = 64, serviceKey: "short").Build();
        Assert.Equal(64, kernel.GetRequiredService<SpladeEngine>("short").MaxTokens);
        await DisposeAsync(kernel);
    }

    [Fact]
    public async Task AddSpladePlugin_SeveralEngines_AreSeveralPlugins()
    {
        Kernel kernel = Kernel.CreateBuilder()
            .AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder)
            .AddSpladeEmbeddingGenerator(KernelFixture.SparseFolder, o => o.Encoding.MaxTokens = 16, serviceKey: "short")
            .AddSpladePlugin()
            .AddSpladePlugin(pluginName: "brief", serviceKey: "short")
            .Build();
        var arguments = new KernelArguments { ["text"] = string.Join(' ', Enumerable.Repeat("moon", 40)) };

        var whole = await kernel.InvokeAsync<JsonElement>("splade", "splade_encode", arguments);
        var cut = await kernel.InvokeAsync<JsonElement>("brief", "splade_encode", arguments);

        Assert.Equal(
            (false, true, 16),
            (whole.GetProperty("truncated").GetBoolean(), cut.GetProperty("truncated").GetBoolean(), cut.GetProperty("token_count").GetInt32()));
        Assert.Equal(4, kernel.Plugins["brief"].FunctionCount);
        await DisposeAsync(kernel);
    }

    [Fact]
    public void AddSpladePlugin_WithoutAnEngine_SaysSoWhenTheKernelIsBuilt()
    {
        var thrown = Assert.Throws<InvalidOperationException>(Kernel.CreateBuilder().AddSpladePlugin().Build);
        Assert.Contains("AddSpladeEngine", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_WrongArguments_Throw()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        Assert.Throws<ArgumentException>("modelFolder", () => builder.AddSpladeEmbeddingGenerator(" "));
        Assert.Throws<ArgumentException>("modelFolder", () => builder.AddSpladeDenseEmbeddingGenerator(" "));
        Assert.Throws<ArgumentException>("serviceKey", () => builder.AddSpladeEmbeddingGenerator(Nowhere, serviceKey: ""));
        Assert.Throws<ArgumentException>("pluginName", () => builder.AddSpladePlugin(pluginName: ""));
        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddSpladePlugin());
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddSpladePlugin());
    }

    private static async Task DisposeAsync(Kernel kernel) => await ((IAsyncDisposable)kernel.Services).DisposeAsync();
}
