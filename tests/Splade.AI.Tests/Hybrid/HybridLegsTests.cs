using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

/// <summary>A retriever of any legs: by names and words and meaning, by one of them, under weights.</summary>
public sealed class HybridLegsTests : IClassFixture<EngineFixture>, IDisposable
{
    private static readonly HybridText[] Texts =
    [
        new("mars", "Mars is called the Red Planet because of its rust."),
        new("code", "Error E4711 means that the valve is open."),
        new("other", "Error E4712 means that the pump is hot."),
        new("venus", "Venus is the hottest planet of the solar system."),
        new("moon", "The moon goes round the earth in a month."),
    ];

    private readonly SpladeEmbeddingGenerator _splade;
    private readonly Bm25EmbeddingGenerator _words = new();
    private readonly TestEmbeddingGenerator<Embedding<float>> _dense = new()
    {
        GenerateCallback = (texts, _) => [.. texts.Select(text => new Embedding<float>(new[] { 1f + text.Length, text.Count(c => c == 'e'), text.Count(c => c == 'o') }))],
    };

    public HybridLegsTests(EngineFixture fixture) => _splade = new SpladeEmbeddingGenerator(fixture.Engine);

    public void Dispose()
    {
        _splade.Dispose();
        _words.Dispose();
        _dense.Dispose();
    }

    [Fact]
    public async Task SearchAsync_ThreeLegs_AddUpAsTheFormulaSays()
    {
        HybridLeg[] legs = [new("splade", _splade), new("bm25", _words), new("meaning", _dense)];
        using EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory(HybridSchema.Of(legs));
        var sut = new HybridRetriever(store, legs);
        Assert.Equal(new HybridAddResult(5, 0, 0), await sut.AddAsync(Texts));
        Assert.Equal(5, (await sut.AddAsync(Texts)).Unchanged);
        HybridSearchResult found = await sut.SearchAsync("What does E4711 mean?");
        Assert.Equal("code", found.Hits[0].Record.Id);
        Assert.Equal(["splade", "bm25", "meaning"], found.Query.Legs.Select(leg => leg.Name));
        foreach (HybridHit hit in found.Hits)
        {
            Assert.Equal(["splade", "bm25", "meaning"], hit.Fusion!.Sides.Select(side => side.Name));
            Assert.Equal(hit.Score, hit.Fusion.Sides.Sum(side => side.Place is { Rank: int rank } ? 1.0 / (60 + rank) : 0), 1e-6);
            Assert.Equal(1, hit.Fusion.Sides.Sum(side => side.Share), 1e-6);
        }

        // The leg of words alone knows the one and not the other; weights say how much it counts.
        IReadOnlyList<HybridHit> alone = (await new HybridRetriever(store, legs[1]).SearchAsync("E4711")).Hits;
        Assert.Equal(["code"], alone.Select(hit => hit.Record.Id));
        Assert.Equal("Rank 1 by the bm25 score alone", alone[0].Fusion!.Sentence[..30]);
        var weighed = new HybridRetriever(store, legs[0], new HybridLeg("bm25", _words) { Weight = 3 }, legs[2]);
        HybridHit first = (await weighed.SearchAsync("E4711 pump")).Hits[0];
        Assert.Contains("splade * 1, bm25 * 3, meaning * 1", first.Fusion!.Method, StringComparison.Ordinal);
        Assert.Equal(3.0 / (60 + first.Fusion.Sides[1].Place!.Value.Rank), first.Fusion.Sides[1].Contribution, 1e-6);
    }

    [Fact]
    public async Task SearchAsync_SparseLegsOnly_NeedNoDenseGenerator()
    {
        HybridLeg[] legs = [new("splade", _splade), new("bm25", _words)];
        using EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory(HybridSchema.Of(legs));
        var sut = new HybridRetriever(store, legs);
        await sut.AddAsync(Texts);
        Assert.Equal("mars", (await sut.SearchAsync("red planet")).Hits[0].Record.Id);
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => sut.SearchAsync("red planet", new HybridRetrievalOptions { Mode = SearchMode.Dense }));
        Assert.Contains("'splade' (Sparse), 'bm25' (Sparse)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_DenseLegOnly_NeedsNoSparseGenerator()
    {
        var leg = new HybridLeg("meaning", _dense);
        using EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory(HybridSchema.Of(leg));
        var sut = new HybridRetriever(store, leg);
        await sut.AddAsync(Texts);
        Assert.Equal(5, (await sut.SearchAsync("red planet")).Hits.Count);
        await Assert.ThrowsAsync<NotSupportedException>(() => sut.SearchAsync("red planet", new HybridRetrievalOptions { Mode = SearchMode.Sparse }));
    }

    [Fact]
    public void Constructor_LegsThatTheStoreDoesNotHave_AreRefusedByName()
    {
        using EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory();
        var error = Assert.Throws<ArgumentException>("legs", () => new HybridRetriever(store, new HybridLeg("bm25", _words)));
        Assert.Contains("'bm25', expected one of the store's: sparse:Sparse:*:Dot,dense:Dense:*:Cosine", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("legs", () => new HybridRetriever(store, new HybridLeg("dense", _words)));
        Assert.Throws<ArgumentException>("legs", () => new HybridRetriever(store));
        Assert.Throws<ArgumentException>("legs", () => new HybridRetriever(store, new HybridLeg("sparse", _words), new HybridLeg("sparse", _splade)));
    }

    [Fact]
    public async Task AddAsync_OtherMetadata_KeepsTheVectorsOfAllLegs()
    {
        HybridLeg[] legs = [new("splade", _splade), new("bm25", _words), new("meaning", _dense)];
        using EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory(HybridSchema.Of(legs));
        var sut = new HybridRetriever(store, legs);
        await sut.AddAsync(Texts);
        HybridRecord before = (await store.GetAsync("mars"))!;
        _dense.Calls.Clear();
        HybridAddResult added = await sut.AddAsync([new HybridText("mars", Texts[0].Text, new Dictionary<string, MetadataValue> { ["file"] = "a.md" })]);
        Assert.Equal((0, 1, 0), (added.Added, added.Unchanged, _dense.Calls.Count));
        HybridRecord after = (await store.GetAsync("mars"))!;
        Assert.Equal("a.md", after.Metadata["file"].AsString());
        Assert.Equal(before.Vectors["bm25"].Sparse, after.Vectors["bm25"].Sparse);
        Assert.Equal(before.Vectors["meaning"].Dense.ToArray(), after.Vectors["meaning"].Dense.ToArray());
    }
}
