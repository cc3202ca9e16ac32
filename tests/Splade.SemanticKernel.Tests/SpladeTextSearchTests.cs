using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.Tests.TestData;
using Splade.SemanticKernel.TextSearch;

namespace Splade.SemanticKernel.Tests;

public sealed class SpladeTextSearchTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private const string Query = "Can I get my money back for a gift card?";

    private readonly SpladeTextSearch<SpladeTextRecord> _sut = SpladeTextSearch.Create(fixture.Retriever);

    [Theory]
    [InlineData(SearchMode.Hybrid)]
    [InlineData(SearchMode.Sparse)]
    [InlineData(SearchMode.Dense)]
    public async Task GetSearchResultsAsync_EachMode_IsTheRankingOfTheRetriever(SearchMode mode)
    {
        SpladeTextSearch<SpladeTextRecord> sut = SpladeTextSearch.Create(fixture.Retriever, new SpladeTextSearchOptions { Mode = mode });
        HybridSearchResult expected = await fixture.Retriever.SearchAsync(Query, new HybridRetrievalOptions { Mode = mode, Top = 3 });

        KernelSearchResults<SpladeTextRecord> results = await sut.GetSearchResultsAsync(Query, new() { Top = 3 });

        List<SpladeTextRecord> records = await results.Results.ToListAsync();
        Assert.Equal(expected.Hits.Select(h => (h.Record.Id, h.Record.Text, h.Score)), records.Select(r => (r.Id, r.Text, r.Score)));
        Assert.Null(results.TotalCount);
        Assert.Equal(false, results.Metadata!["QueryTruncated"]);
    }

    [Fact]
    public async Task GetTextSearchResultsAsync_Hits_HaveNamesAndLinksForCitations()
    {
        List<TextSearchResult> results = await (await _sut.GetTextSearchResultsAsync(Query)).Results.ToListAsync();
        TextSearchResult gifts = results.Single(r => r.Link == "gifts.md"), mars = results.Single(r => r.Link is null);

        Assert.Equal(("Gift cards", "Gift cards cannot be refunded, but they never expire."), (gifts.Name, gifts.Value));
        Assert.Equal("space/mars", mars.Name);
    }

    [Fact]
    public async Task SearchAsync_FilterOfTheOptions_IsPartOfEverySearch()
    {
        var options = new SpladeTextSearchOptions { Filter = MetadataFilter.Equal("kind", "faq") };
        KernelSearchResults<SpladeTextRecord> results = await SpladeTextSearch.Create(fixture.Retriever, options)
            .GetSearchResultsAsync(Query, new() { Top = 100, IncludeTotalCount = true });
        SpladeTextRecord[] found = await results.Results.ToArrayAsync();
        Assert.Equal(KernelFixture.Passages.Count(p => p.Metadata.GetValueOrDefault("kind") == "faq"), found.Length);
        Assert.Equal(found.Length, results.TotalCount);
        Assert.All(found, record => Assert.Equal("faq", record.Metadata["kind"]));
    }

    [Fact]
    public async Task SearchAsync_OtherKeysOfMetadata_AreCited()
    {
        var options = new SpladeTextSearchOptions { NameKey = "kind", LinkKey = "title" };
        TextSearchResult first = await (await SpladeTextSearch.Create(fixture.Retriever, options).GetTextSearchResultsAsync(Query)).Results.FirstAsync();
        Assert.Equal("faq", first.Name);
        Assert.Contains(first.Link, KernelFixture.Passages.Where(p => p.Metadata.Count > 0).Select(p => p.Metadata["title"].AsString()));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 4)]
    [InlineData(5, 9)]
    [InlineData(int.MaxValue, 1)]
    public async Task SearchAsync_TopAndSkip_AreAPageOfTheWholeRanking(int top, int skip)
    {
        List<string> all = await (await _sut.SearchAsync(Query, new() { Top = 100 })).Results.ToListAsync();
        List<string> page = await (await _sut.SearchAsync(Query, new() { Top = top, Skip = skip })).Results.ToListAsync();
        Assert.Equal(all.Skip(skip).Take(top), page);
    }

    [Fact]
    public async Task SearchAsync_FilterExpression_KeepsTheOrderAndCountsWhatPasses()
    {
        List<SpladeTextRecord> all = await (await _sut.GetSearchResultsAsync(Query, new() { Top = 100 })).Results.ToListAsync();

        KernelSearchResults<SpladeTextRecord> faq = await _sut.GetSearchResultsAsync(
            Query, new() { Top = 1, Filter = r => r.Metadata.ContainsKey("kind") && r.Metadata["kind"] == "faq", IncludeTotalCount = true });

        Assert.Equal(all.Where(r => r.Id.StartsWith("faq/", StringComparison.Ordinal)).Take(1).Select(r => r.Id), await faq.Results.Select(r => r.Id).ToListAsync());
        Assert.Equal(2, faq.TotalCount);
    }

    [Fact]
    public async Task SearchAsync_FilterThatFewPass_LooksAsDeepAsItTakes()
    {
        HybridRetriever retriever = NewRetriever();
        await retriever.AddAsync(Enumerable.Range(0, 700).Select(i => new HybridText($"{i:D3}", $"The moon is number {i}.")));
        SpladeTextSearch<SpladeTextRecord> sut = SpladeTextSearch.Create(retriever, new SpladeTextSearchOptions { Candidates = 10 });
        List<SpladeTextRecord> all = await (await sut.GetSearchResultsAsync("moon", new() { Top = 1000 })).Results.ToListAsync();
        string[] rare = [.. all.Skip(350).Where((_, i) => i % 100 == 0).Select(r => r.Id)];

        KernelSearchResults<SpladeTextRecord> found = await sut.GetSearchResultsAsync(
            "moon", new() { Filter = r => rare.Contains(r.Id), IncludeTotalCount = true });
        KernelSearchResults<SpladeTextRecord> none = await sut.GetSearchResultsAsync("moon", new() { Filter = _ => false, IncludeTotalCount = true });

        Assert.Equal(700, all.Count);
        Assert.Equal(rare.Order(), (await found.Results.Select(r => r.Id).ToListAsync()).Order());
        Assert.Equal((rare.Length, 0), (found.TotalCount, none.TotalCount));
    }

    [Fact]
    public async Task SearchAsync_TotalCountOfASparseSearch_IsThatOfTheTextsThatShareATerm()
    {
        SpladeTextSearch<SpladeTextRecord> sut = SpladeTextSearch.Create(fixture.Retriever, new SpladeTextSearchOptions { Mode = SearchMode.Sparse });
        HybridSearchResult all = await fixture.Retriever.SearchAsync("grinder", new HybridRetrievalOptions { Mode = SearchMode.Sparse, Top = 100 });
        KernelSearchResults<string> results = await sut.SearchAsync("grinder", new() { Top = 1, IncludeTotalCount = true });
        Assert.Equal(all.Hits.Count, results.TotalCount);
        Assert.Equal(1, await results.Results.CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task SearchAsync_BlankQuery_FindsNothing(string query)
    {
        KernelSearchResults<string> results = await _sut.SearchAsync(query, new() { IncludeTotalCount = true });
        Assert.Equal((0, 0), (await results.Results.CountAsync(), results.TotalCount));
    }

    [Fact]
    public async Task SearchAsync_WrongArguments_Throws()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("query", () => _sut.SearchAsync(null!));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("top", () => _sut.SearchAsync(Query, new() { Top = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("skip", () => _sut.SearchAsync(Query, new() { Skip = -1 }));
        Assert.Throws<ArgumentNullException>("retriever", () => SpladeTextSearch.Create(null!));
        Assert.Throws<ArgumentNullException>("map", () => new SpladeTextSearch<string>(fixture.Retriever, null!));
        Assert.Throws<ArgumentOutOfRangeException>("Candidates", () => new SpladeTextSearchOptions { Candidates = 0 });
        Assert.Throws<ArgumentException>("NameKey", () => new SpladeTextSearchOptions { NameKey = "" });
        Assert.Throws<ArgumentNullException>("Fusion", () => new SpladeTextSearchOptions { Fusion = null! });
    }

    [Fact]
    public async Task SearchAsync_Cancelled_ThrowsWithTheTokenOfTheCaller()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sut.SearchAsync(Query, cancellationToken: source.Token));
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task SearchAsync_MappingThatGivesNull_SaysWhichHit()
    {
        var sut = new SpladeTextSearch<string>(fixture.Retriever, _ => null!);
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => sut.SearchAsync("grinder"));
        Assert.Contains("System.String", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_ManyCallersAtOnce_EachGetsItsOwnResult()
    {
        string[] queries = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? "red planet" : "clean the grinder")];
        string[] found = await Task.WhenAll(queries.Select(async q => await (await _sut.SearchAsync(q, new() { Top = 1 })).Results.FirstAsync()));
        Assert.All(queries.Zip(found), f => Assert.Equal(f.First == "red planet", f.Second.StartsWith("Mars", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AddSpladeTextSearch_EachType_IsTheSameObject()
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton("handbook", fixture.Retriever);
        services.AddSpladeTextSearch(hit => new Card(hit.Record.Text, hit.Record.Id), serviceKey: "handbook");
        await using ServiceProvider provider = services.BuildServiceProvider();
        var search = provider.GetRequiredKeyedService<ITextSearch<Card>>("handbook");

#pragma warning disable CS0618 // What makes plugins of a search takes the older interface.
        Assert.Same(search, provider.GetRequiredKeyedService<ITextSearch>("handbook"));
#pragma warning restore CS0618
        Assert.Same(search, provider.GetRequiredKeyedService<SpladeTextSearch<Card>>("handbook"));
        Assert.NotNull(fixture.Kernel.GetRequiredService<ITextSearch<SpladeTextRecord>>());
        TextSearchResult first = await (await search.GetTextSearchResultsAsync("red planet")).Results.FirstAsync();
        Assert.Equal(("Mars is called the Red Planet.", "card space/mars", null), (first.Value, first.Name, first.Link));
    }

    [Fact]
    public async Task Mappers_OfTheOptions_GoBeforeAttributesAndHits()
    {
        var mapper = new UpperCaseMapper();
        var options = new SpladeTextSearchOptions { StringMapper = mapper, ResultMapper = mapper };
        var sut = new SpladeTextSearch<Card>(fixture.Retriever, hit => new Card(hit.Record.Text, hit.Record.Id), options);

        Assert.Equal("SPACE/MARS", await (await sut.SearchAsync("red planet")).Results.FirstAsync());
        Assert.Equal("SPACE/MARS", (await (await sut.GetTextSearchResultsAsync("red planet")).Results.FirstAsync()).Value);
    }

    private HybridRetriever NewRetriever() => new(
        EmbeddedHybridStore.CreateInMemory(),
        fixture.Kernel.GetRequiredService<Microsoft.Extensions.AI.IEmbeddingGenerator<string, AI.SparseEmbedding>>(),
        fixture.Kernel.GetRequiredService<Microsoft.Extensions.AI.IEmbeddingGenerator<string, Microsoft.Extensions.AI.Embedding<float>>>());

    private sealed record Card(string Front, string Id)
    {
        [TextSearchResultName]
        public string Title => $"card {Id}";
    }

    private sealed class UpperCaseMapper : ITextSearchStringMapper, ITextSearchResultMapper
    {
        public string MapFromResultToString(object result) => ((Card)result).Id.ToUpperInvariant();

        public TextSearchResult MapFromResultToTextSearchResult(object result) => new(MapFromResultToString(result));
    }
}
