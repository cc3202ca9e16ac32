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
        services.AddSpladeDenseEmbeddingGenerator(Dense);
        services.AddSingleton<IHybridStore>(EmbeddedHybridStore.CreateInMemory());
        services.AddSpladeHybridRetriever();
        services.AddSpladeTools();
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<HybridRetriever>().AddAsync([new("mars", "Mars is called the Red Planet.")]);

        SearchResult found = await new ToolCaller(provider.GetRequiredService<SpladeAITools>().Functions).SearchAsync("Which world looks red?");

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
        services.AddSpladeDenseEmbeddingGenerator(Dense);
        services.AddKeyedSingleton<IHybridStore>("second", EmbeddedHybridStore.CreateInMemory());
        services.AddSpladeHybridRetriever(serviceKey: "second");
        services.AddSpladeTools(serviceKey: "second");
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Contains(provider.GetRequiredKeyedService<SpladeAITools>("second").Functions, function => function.Name == "hybrid_search");
        Assert.Null(provider.GetService<SpladeAITools>());
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
        AIFunction encode = provider.GetRequiredService<SpladeAITools>().Functions[0];
        var call = new AIFunctionArguments { ["text"] = "refund" };

        Exception error = await Assert.ThrowsAsync<OptionsValidationException>(async () => await encode.InvokeAsync(call));

        Assert.Contains("/nowhere/at-all: There is no such folder", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, log.Entries.Count(e => e.Level == LogLevel.Error && e.Message.StartsWith("splade_encode", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AddSpladeTools_WithoutAnEngine_SaysWhatToAdd()
    {
        await using ServiceProvider provider = new ServiceCollection().AddSpladeTools().BuildServiceProvider();
        var thrown = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<SpladeAITools>);
        Assert.Equal("No SPLADE engine was added without a key. Call AddSpladeEngine.", thrown.Message);
    }

    [Fact]
    public async Task AddSpladeHybridRetriever_WithoutOneOfItsParts_SaysWhichAndHowItIsAdded()
    {
        IServiceCollection services = new ServiceCollection().AddSpladeHybridRetriever();
        Assert.StartsWith("No IHybridStore was added. Call AddSpladeHybridRetriever with a store", await ProblemOf(services), StringComparison.Ordinal);
        services.AddSingleton<IHybridStore>(EmbeddedHybridStore.CreateInMemory());
        Assert.Equal(
            "No sparse generator (IEmbeddingGenerator<string, SparseEmbedding>) was added. "
            + "Call AddSpladeEmbeddingGenerator(folder).", await ProblemOf(services));
        services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator();
        Assert.Equal(
            "No dense generator (IEmbeddingGenerator<string, Embedding<float>>) was added. Call AddSpladeDenseEmbeddingGenerator(folder).",
            await ProblemOf(services));
        Assert.Contains(
            "was added, neither under the key 'second' nor without one.",
            await ProblemOf(services.AddSpladeHybridRetriever(serviceKey: "second"), "second"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddSpladeHybridRetriever_Legs_SearchesByAllOfThem()
    {
        var schema = new HybridSchema(VectorField.Sparse("words", int.MaxValue), VectorField.Dense("title", 2), VectorField.Dense("body", 2));
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(new Bm25EmbeddingGenerator());
        services.AddSpladeHybridRetriever(
            provider =>
            [
                new HybridLeg("words", provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>()),
                new HybridLeg("title", Constant(1, 0)),
                new HybridLeg("body", Constant(0, 1)) { Weight = 2 },
            ],
            EmbeddedHybridStore.CreateInMemory(schema),
            "mine");
        await using ServiceProvider provider = services.BuildServiceProvider();
        HybridRetriever sut = provider.GetRequiredKeyedService<HybridRetriever>("mine");
        await sut.AddAsync([new("mars", "Mars is called the Red Planet.")]);
        Assert.Equal(["words", "title", "body"], (await sut.SearchAsync("red planet")).Hits.Single().Fusion!.Sides.Select(side => side.Name));
        Assert.Null(provider.GetService<HybridRetriever>());
    }

    [Fact]
    public async Task AddSpladeHybridRetriever_LegThatTheStoreLacks_IsRefusedByName()
    {
        IServiceCollection services = new ServiceCollection().AddSpladeHybridRetriever(
            _ => [new HybridLeg("words", new Bm25EmbeddingGenerator())], EmbeddedHybridStore.CreateInMemory());
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Contains("'words'", Assert.Throws<ArgumentException>(provider.GetRequiredService<HybridRetriever>).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("legs", () => services.AddSpladeHybridRetriever(legs: null!));
    }

    [Fact]
    public async Task AddSpladeHybridRetriever_ResolvedBeforeAnyCall_LoadsNothing()
    {
        var services = new ServiceCollection();
        services.AddSpladeEngine("/nowhere/at-all");
        services.AddSpladeEmbeddingGenerator();
        services.AddSpladeDenseEmbeddingGenerator("/nowhere/at-all");
        services.AddSingleton<IHybridStore>(EmbeddedHybridStore.CreateInMemory());
        services.AddSpladeHybridRetriever();
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<HybridRetriever>());
    }

    private static TestEmbeddingGenerator<Embedding<float>> Constant(params float[] vector) =>
        new() { GenerateCallback = (texts, _) => new(texts.Select(_ => new Embedding<float>(vector))) };

    private static async Task<string> ProblemOf(IServiceCollection services, string? key = null)
    {
        await using ServiceProvider provider = services.BuildServiceProvider();
        return Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<HybridRetriever>(key)).Message;
    }
}
