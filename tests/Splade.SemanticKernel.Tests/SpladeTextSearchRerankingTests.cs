using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.TextSearch;

namespace Splade.SemanticKernel.Tests;

/// <summary>A text search over a retriever that reranks.</summary>
public sealed class SpladeTextSearchRerankingTests : IDisposable
{
    private readonly TestReranker _reranker = new((_, text) => text.Length);

    public void Dispose() => _reranker.Dispose();

    [Fact]
    public async Task GetSearchResultsAsync_Pages_AreOfOneRankingThatTheRerankerBegins()
    {
        SpladeTextSearch<SpladeTextRecord> sut = await CreateAsync(texts: 8, new SpladeTextSearchOptions { Mode = SearchMode.Sparse, Candidates = 4, RerankCandidates = 3 });
        var found = new List<SpladeTextRecord>();
        for (int skip = 0; skip < 8; skip += 2)
        {
            found.AddRange(await (await sut.GetSearchResultsAsync("which?", new() { Top = 2, Skip = skip })).Results.ToListAsync());
        }

        // Deeper looks find what comes behind, and rerank nothing.
        Assert.Equal(["2", "1", "0", "3", "4", "5", "6", "7"], found.Select(record => record.Id));
        Assert.Equal([0.3f, 0.2f, 0.1f, null, null, null, null, null], found.Select(record => record.RerankScore));
        Assert.All(_reranker.Calls, texts => Assert.Equal(3, texts.Length));
    }

    [Fact]
    public async Task GetSearchResultsAsync_NoCandidates_LeavesTheRerankerOut()
    {
        SpladeTextSearch<SpladeTextRecord> sut = await CreateAsync(texts: 4, new SpladeTextSearchOptions { Mode = SearchMode.Sparse, RerankCandidates = 0 });
        Assert.Equal("0", (await (await sut.GetSearchResultsAsync("which?")).Results.FirstAsync()).Id);
        Assert.Empty(_reranker.Calls);
        Assert.Throws<ArgumentOutOfRangeException>("RerankCandidates", () => new SpladeTextSearchOptions { RerankCandidates = -1 });
    }

    // The shorter a text, the better the search finds it; the reranker prefers long ones.
    private async Task<SpladeTextSearch<SpladeTextRecord>> CreateAsync(int texts, SpladeTextSearchOptions options)
    {
        var sparse = new TestEmbeddingGenerator<SparseEmbedding>
        {
            GenerateCallback = (texts, _) => new(texts.Select(text => new SparseEmbedding(new SparseVector([0], [10f / text.Length], dimensions: 1)))),
        };
        var dense = new TestEmbeddingGenerator<Embedding<float>> { GenerateCallback = (texts, _) => new(texts.Select(_ => new Embedding<float>(new[] { 1f }))) };
        var retriever = new HybridRetriever(EmbeddedHybridStore.CreateInMemory(), sparse, dense) { Reranker = _reranker };
        await retriever.AddAsync(Enumerable.Range(0, texts).Select(i => new HybridText($"{i}", new string('x', i + 1))));
        return SpladeTextSearch.Create(retriever, options);
    }
}
