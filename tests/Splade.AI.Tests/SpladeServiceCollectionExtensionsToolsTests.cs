using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Splade.AI.Hybrid;
using Splade.AI.Tests.TestData;
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
    public async Task AddSpladeTools_ModelThatIsNotThere_IsThrownToTheDeveloperAndLogged()
    {
        using var log = new TestLoggerFactory();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddSpladeEngine("/nowhere/at-all");
        services.AddSpladeTools();
        await using ServiceProvider provider = services.BuildServiceProvider();
        var sut = provider.GetRequiredService<SpladeToolService>();
        var call = new AIFunctionArguments { ["text"] = "refund" };

        Exception[] errors =
        [
            await Assert.ThrowsAsync<OptionsValidationException>(() => sut.EncodeAsync("refund")),
            await Assert.ThrowsAsync<OptionsValidationException>(() => sut.CallAsync(SpladeTool.Encode, call)),
            await Assert.ThrowsAsync<OptionsValidationException>(async () => await sut.AsAIFunction(SpladeTool.Encode).InvokeAsync(call)),
        ];

        Assert.All(errors, e => Assert.Contains("/nowhere/at-all: There is no such folder", e.Message, StringComparison.Ordinal));
        Assert.Equal(3, log.Entries.Count(e => e.Level == LogLevel.Error && e.Message.StartsWith("splade_encode", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AddSpladeTools_WithoutAnEngine_SaysWhatToAdd()
    {
        await using ServiceProvider provider = new ServiceCollection().AddSpladeTools().BuildServiceProvider();
        var thrown = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<SpladeToolService>);
        Assert.Equal("No SPLADE engine was added without a key. Call AddSpladeEngine.", thrown.Message);
    }

    [Fact]
    public async Task AddHybridRetriever_WithoutOneOfItsParts_SaysWhichAndHowItIsAdded()
    {
        IServiceCollection services = new ServiceCollection().AddHybridRetriever();
        Assert.StartsWith("No IHybridStore was added. Call AddSingleton<IHybridStore>", await ProblemOf(services), StringComparison.Ordinal);
        services.AddSingleton<IHybridStore>(EmbeddedHybridStore.CreateInMemory());
        Assert.Equal(
            "No sparse generator (IEmbeddingGenerator<string, SparseEmbedding>) was added. "
            + "Call AddSpladeEngine(folder) and AddSpladeEmbeddingGenerator().", await ProblemOf(services));
        services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator();
        Assert.Equal(
            "No dense generator (IEmbeddingGenerator<string, Embedding<float>>) was added. Call AddDenseEmbeddingGenerator(folder).",
            await ProblemOf(services));
        Assert.Contains(
            "was added, neither under the key 'second' nor without one.",
            await ProblemOf(services.AddHybridRetriever("second"), "second"),
            StringComparison.Ordinal);
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

    private static async Task<string> ProblemOf(IServiceCollection services, string? key = null)
    {
        await using ServiceProvider provider = services.BuildServiceProvider();
        return Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<HybridRetriever>(key)).Message;
    }
}
