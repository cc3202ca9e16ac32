using Splade.AI.Hybrid;
using Splade.AI.Policy;
using Splade.AI.Tests.TestData;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

/// <summary>What the functions say of an engine's vocabulary policy, and of one that refuses long texts.</summary>
public sealed class PolicyToolTests
{
    private static readonly VocabularyPolicy Policy = new(new BoostRule(2) { Terms = ["tide"] }, new SynonymRule("ocean", "bread", .5));

    [Fact]
    public async Task EncodeAsync_UnderAPolicy_TellsWhatItDid()
    {
        await using SpladeEngine engine = await CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = Policy });
        EncodeResult result = await new ToolCaller(engine).EncodeAsync("tide of the ocean", 50);
        Assert.Equal((true, "boosted x2"), Told(result.Terms!, "tide"));
        Assert.Equal((false, "synonym of ocean x0.5"), Told(result.Terms!, "bread"));
        Assert.Equal((true, null), Told(result.Terms!, "ocean"));
    }

    [Fact]
    public async Task ExplainAsync_UnderAPolicy_CallsWhatItAddedNeitherLiteralNorExpansion()
    {
        await using SpladeEngine engine = await CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = Policy });
        ExplainResult result = await new ToolCaller(engine).ExplainAsync("ocean tide", "The bread came with the tide.", 50);
        ToolMatch bread = result.Matches!.Single(m => m.Term == "bread"), tide = result.Matches!.Single(m => m.Term == "tide");
        Assert.Equal((false, null, "synonym of ocean x0.5", null), (bread.Literal, bread.ExpandedBy, bread.QueryPolicy, bread.DocumentPolicy));
        Assert.Equal((true, "boosted x2", "boosted x2"), (tide.Literal, tide.QueryPolicy, tide.DocumentPolicy));
    }

    // The text was put in by an engine that cut it.
    [Fact]
    public async Task SearchAsync_StoredTextThatTheEngineRefuses_IsExplainedByItsBeginning()
    {
        string text = $"The penguin stood in the snow. {LongTexts.Create(seed: 8, characters: 5000)}";
        using DenseEmbeddingGenerator dense = await DenseEmbeddingGenerator.CreateAsync(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));
        await using SpladeEngine cuts = await CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder));
        await using SpladeEngine refuses = await CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = { LongTextHandling = LongTextHandling.Throw } });
        EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory();
        await new HybridRetriever(store, new SpladeEmbeddingGenerator(cuts), dense).AddAsync([new HybridText("long", text)]);
        var retriever = new HybridRetriever(store, new SpladeEmbeddingGenerator(refuses), dense);

        SearchResult result = await new ToolCaller(refuses, new SpladeAIToolsOptions { Retriever = retriever }).SearchAsync("penguin");

        Assert.Null(result.Error);
        Assert.Contains(Assert.Single(result.Hits!).Reasons!, m => m is { Term: "penguin", Literal: true });
    }

    private static async Task<SpladeEngine> CreateAsync(SpladeEngineOptions options) => await SpladeEngine.CreateAsync(options);

    private static (bool? Literal, string? Policy) Told(IReadOnlyList<ToolTerm> terms, string name)
    {
        ToolTerm term = terms.Single(t => t.Term == name);
        return (term.Literal, term.Policy);
    }
}
