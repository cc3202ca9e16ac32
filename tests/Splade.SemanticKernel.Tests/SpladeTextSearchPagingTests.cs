using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.Data;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Tests.TestDoubles;
using Splade.SemanticKernel.Tests.VectorData;
using Splade.SemanticKernel.TextSearch;

namespace Splade.SemanticKernel.Tests;

/// <summary>Pages of one query are parts of one ranking.</summary>
public sealed class SpladeTextSearchPagingTests : IAsyncLifetime, IDisposable
{
    private const int Texts = 400;
    private const int PageSize = 20;

    private static readonly string[] Words = ["mars", "venus", "red", "planet", "hot", "grinder", "boiler", "clean", "weekly"];

    private static readonly string Query = string.Join(' ', Words);

    private readonly TestEmbeddingGenerator<SparseEmbedding> _sparse = TestGenerators.Sparse();
    private readonly TestEmbeddingGenerator<Embedding<float>> _dense = TestGenerators.Dense();
    private readonly HybridRetriever _retriever;

    public SpladeTextSearchPagingTests() => _retriever = new HybridRetriever(EmbeddedHybridStore.CreateInMemory(), _sparse, _dense);

    public async Task InitializeAsync()
    {
        // The two sides disagree: words are one side's, the first letters the other's.
        var random = new Random(3);
        await _retriever.AddAsync(Enumerable.Range(0, Texts).Select(i => new HybridText(
            $"{i}", $"{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))} {string.Join(' ', Words.Where(_ => random.Next(2) == 0))}")));
        _sparse.Calls.Clear();
        _dense.Calls.Clear();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _sparse.Dispose();
        _dense.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task SearchAsync_PagesWithinDepth_AreThoseOfOneRanking(bool isFiltered, bool isCounted)
    {
        string[] expected = await RankedAsync(100);

        List<string> pages = await PagesAsync(NewSearch(), 100 / PageSize, isFiltered, isCounted);

        Assert.Equal(expected, pages);
    }

    [Fact]
    public async Task SearchAsync_DepthOfAllTexts_IsOneRankingToItsEnd()
    {
        SpladeTextSearch<SpladeTextRecord> sut = NewSearch(new SpladeTextSearchOptions { Depth = Texts });
        Assert.Equal(await RankedAsync(Texts), await PagesAsync(sut, Texts / PageSize));
    }

    [Theory]
    [InlineData(false, false, SearchMode.Hybrid)]
    [InlineData(true, false, SearchMode.Hybrid)]
    [InlineData(false, true, SearchMode.Hybrid)]
    [InlineData(false, false, SearchMode.Sparse)]
    [InlineData(false, false, SearchMode.Dense)]
    public async Task SearchAsync_AllPages_RepeatNoneAndLoseNone(bool isFiltered, bool isCounted, SearchMode mode)
    {
        SpladeTextSearch<SpladeTextRecord> sut = NewSearch(new SpladeTextSearchOptions { Mode = mode, Depth = 30 });
        HybridSearchResult all = await _retriever.SearchAsync(Query, new HybridRetrievalOptions { Mode = mode, Top = 10 * Texts });

        List<string> pages = await PagesAsync(sut, Texts / PageSize, isFiltered, isCounted);

        Assert.True(all.Hits.Count > Texts - PageSize);
        Assert.Equal(all.Hits.Select(hit => hit.Record.Id).Order(), pages.Order());
    }

    [Fact]
    public async Task SearchAsync_FilterThatOnePasses_EncodesOnceAndMapsEachTextOnce()
    {
        var mapped = new List<string>();
        var sut = new SpladeTextSearch<string>(_retriever, hit =>
        {
            mapped.Add(hit.Record.Id);
            return hit.Record.Id;
        });
        string last = (await PagesAsync(NewSearch(), Texts / PageSize))[^1];
        _sparse.Calls.Clear();
        _dense.Calls.Clear();

        string found = await (await sut.GetSearchResultsAsync(Query, new() { Top = 1, Filter = id => id == last })).Results.SingleAsync();

        Assert.Equal(last, found);
        Assert.Single(_sparse.Calls);
        Assert.Single(_dense.Calls);
        Assert.Equal(Texts, mapped.Count);
        Assert.Equal(mapped.Distinct(), mapped);
    }

    private SpladeTextSearch<SpladeTextRecord> NewSearch(SpladeTextSearchOptions? options = null) => SpladeTextSearch.Create(_retriever, options);

    private async Task<string[]> RankedAsync(int top) =>
        [.. (await _retriever.SearchAsync(Query, new HybridRetrievalOptions { Top = top, Depth = top })).Hits.Select(hit => hit.Record.Id)];

    private static async Task<List<string>> PagesAsync(
        SpladeTextSearch<SpladeTextRecord> search, int count, bool isFiltered = false, bool isCounted = false)
    {
        var ids = new List<string>();
        for (int page = 0; page < count; page++)
        {
            var options = new TextSearchOptions<SpladeTextRecord>
            {
                Top = PageSize,
                Skip = page * PageSize,
                IncludeTotalCount = isCounted,
                Filter = isFiltered ? record => record.Id != "none" : null,
            };
            ids.AddRange(await (await search.GetSearchResultsAsync(Query, options)).Results.Select(record => record.Id).ToListAsync());
        }

        return ids;
    }
}
