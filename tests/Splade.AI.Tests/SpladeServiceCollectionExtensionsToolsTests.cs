using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Splade.AI.Hybrid;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Tools;

namespace Splade.AI.Tests;

public sealed class SpladeServiceCollectionExtensionsToolsTests
{
    private static readonly string Dense = Path.Combine(Repository.Models, "all-minilm-l6-v2-int8");

    [Fact]
    public async Task AddSpladeTools_WithARetriever_SearchesAndExplainsByTheEngine()
    {
        var services = new ServiceCollection();
        services.AddSpladeEngine(EngineFixture.ModelFolder);
        services.AddSpladeEmbeddingGenerator();
        services.AddDenseEmbeddingGenerator(Dense);
        services.AddSingleton<IHybridStore>(EmbeddedHybridStore.CreateInMemory());
        services.AddHybridRetriever();
        services.AddSpladeTools();
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<HybridRetriever>().AddAsync([new("mars", "Mars is called the Red Planet.")]);

        SpladeSearchResult found = await provider.GetRequiredService<SpladeToolService>().SearchAsync("Which world looks red?");

        FoundPassage hit = Assert.Single(found.Hits!);
        Assert.Equal("mars", hit.Id);
        Assert.NotEmpty(hit.Reasons!);
    }

    [Fact]
    public async Task AddSpladeTools_Keyed_TakesWhatHasTheKeyElseWhatHasNone()
    {
        var services = new ServiceCollection();
        services.AddKeyedSpladeEngine("second", EngineFixture.ModelFolder);
        services.AddKeyedSpladeEmbeddingGenerator("second", engineKey: "second");
        services.AddDenseEmbeddingGenerator(Dense);
        services.AddKeyedSingleton<IHybridStore>("second", EmbeddedHybridStore.CreateInMemory());
        services.AddHybridRetriever("second");
        services.AddSpladeTools(serviceKey: "second");
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.True(provider.GetRequiredKeyedService<SpladeToolService>("second").CanSearch);
        Assert.Null(provider.GetService<SpladeToolService>());
    }

    [Fact]
    public async Task AddSpladeTools_ModelThatIsNotThere_IsAFailureThatIsLoggedAndNotTold()
    {
        using var log = new TestLoggerFactory();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddSpladeEngine("/nowhere/at-all");
        services.AddSpladeTools();
        await using ServiceProvider provider = services.BuildServiceProvider();

        SpladeEncodeResult result = await provider.GetRequiredService<SpladeToolService>().EncodeAsync("refund");

        Assert.Contains("failed", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", result.ToString(), StringComparison.Ordinal);
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Error);
    }

    [Fact]
    public async Task AddSpladeTools_WithoutAnEngine_SaysWhatToAdd()
    {
        await using ServiceProvider provider = new ServiceCollection().AddSpladeTools().BuildServiceProvider();
        var thrown = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<SpladeToolService>);
        Assert.Contains("AddSpladeEngine", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddHybridRetriever_WithoutAStore_Throws()
    {
        await using ServiceProvider provider = new ServiceCollection().AddHybridRetriever().BuildServiceProvider();
        var thrown = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<HybridRetriever>);
        Assert.Contains(nameof(IHybridStore), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddHybridRetriever_ResolvedBeforeAnyCall_LoadsNothing()
    {
        var services = new ServiceCollection();
        services.AddSpladeEngine("/nowhere/at-all");
        services.AddSpladeEmbeddingGenerator();
        services.AddDenseEmbeddingGenerator("/nowhere/at-all");
        services.AddSingleton<IHybridStore>(EmbeddedHybridStore.CreateInMemory());
        services.AddHybridRetriever();
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<HybridRetriever>());
    }
}
