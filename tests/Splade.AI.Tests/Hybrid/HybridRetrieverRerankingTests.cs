using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

public sealed class HybridRetrieverRerankingTests : IDisposable
{
    /// <summary>Texts whose sparse score falls from one to the next; the reranker puts the longest number first.</summary>
    private static readonly string[] Texts = ["text 5", "text 44", "text 333", "text 2222", "text 11111"];

    private readonly TestReranker _reranker = new((_, text) => text.Length);
    private readonly HybridRetriever _sut;

    public HybridRetrieverRerankingTests()
    {
        var sparse = new TestEmbeddingGenerator<SparseEmbedding>
        {
            GenerateCallback = (texts, _) => new(texts.Select(text => new SparseEmbedding(new SparseVector([0], [10f / text.Length], dimensions: 1)))),
        };
        var dense = new TestEmbeddingGenerator<Embedding<float>> { GenerateCallback = (texts, _) => new(texts.Select(_ => new Embedding<float>(new[] { 1f }))) };
        _sut = new HybridRetriever(EmbeddedHybridStore.CreateInMemory(), sparse, dense) { Reranker = _reranker };
    }

    public void Dispose() => _reranker.Dispose();

    [Fact]
    public async Task SearchAsync_Reranker_OrdersTheBestAnewAndTellsItsScore()
    {
        IReadOnlyList<HybridHit> hits = await SearchAsync(new HybridRetrievalOptions { Mode = SearchMode.Sparse, RerankCandidates = 3 });
        Assert.Equal(["2", "1", "0", "3", "4"], hits.Select(hit => hit.Record.Id));
        Assert.Equal([1, 2, 3, 4, 5], hits.Select(hit => hit.Rank));
        Assert.Equal([2, 1, 0, null, null], hits.Select(hit => hit.Rerank?.Index));
        Assert.Equal([8f, 7f, 6f, null, null], hits.Select(hit => hit.Rerank?.Logit));
        Assert.Equal([3, 2, 1, 4, 5], hits.Select(hit => hit.Sparse!.Value.Rank));
        Assert.Equal(Texts[..3], Assert.Single(_reranker.Calls));
    }

    [Fact]
    public async Task SearchAsync_FewerHitsThanAreReranked_GivesTheBestOfAll()
    {
        IReadOnlyList<HybridHit> hits = await SearchAsync(new HybridRetrievalOptions { Mode = SearchMode.Sparse, Top = 1 });
        Assert.Equal(("4", 1, 4), (hits.Single().Record.Id, hits[0].Rank, hits[0].Rerank!.Index));
        Assert.Equal(5, _reranker.Calls.Single().Length);
    }

    [Fact]
    public async Task SearchAsync_NoCandidates_LeavesTheRerankerOut()
    {
        IReadOnlyList<HybridHit> hits = await SearchAsync(new HybridRetrievalOptions { Mode = SearchMode.Sparse, RerankCandidates = 0, Top = 2 });
        Assert.Equal([("0", null), ("1", null)], hits.Select(hit => (hit.Record.Id, hit.Rerank)));
        Assert.Empty(_reranker.Calls);
        Assert.Throws<ArgumentOutOfRangeException>("RerankCandidates", () => new HybridRetrievalOptions { RerankCandidates = -1 });
    }

    [Fact]
    public async Task SearchAsync_QueryWithoutText_IsRefused()
    {
        EncodedQuery query = await _sut.EncodeQueryAsync("which?", SearchMode.Sparse);
        Assert.Equal("which?", query.Text);
        await Assert.ThrowsAsync<ArgumentException>("query", async () => await _sut.SearchAsync(query with { Text = null }, options: null));
    }

    [Fact]
    public async Task SearchAsync_RerankerThatLosesATextOrRepeatsOne_IsRefused()
    {
        _reranker.Change = results => [.. results.Skip(1)];
        await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(new HybridRetrievalOptions { Mode = SearchMode.Sparse }));
        _reranker.Change = results => [results[0], .. results.SkipLast(1)];
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(new HybridRetrievalOptions { Mode = SearchMode.Sparse }));
        Assert.Contains("5 results for 5 texts, expected one for each", error.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<HybridHit>> SearchAsync(HybridRetrievalOptions options)
    {
        await _sut.AddAsync(Texts.Select((text, i) => new HybridText($"{i}", text)));
        return (await _sut.SearchAsync("which?", options)).Hits;
    }
}
