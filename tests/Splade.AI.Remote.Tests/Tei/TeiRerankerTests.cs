using Splade.AI.Remote.Tests.TestDoubles;

namespace Splade.AI.Remote.Tests.Tei;

public sealed class TeiRerankerTests
{
    [Fact]
    public async Task Rerank_ManyTexts_AreOneRankingOfTheirLogits()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(Rank, TeiScript.Info(TeiScript.Reranker));
        using TeiReranker reranker = Over(server);
        string[] texts = [.. Enumerable.Range(0, 70).Select(TeiScript.Text)];

        IReadOnlyList<RerankResult> results = await reranker.RerankAsync("a \"query\"", texts, new RerankOptions { Top = 50 });

        Assert.Equal(Enumerable.Range(20, 50).Reverse(), results.Select(result => result.Index));
        Assert.All(results, result => Assert.Equal(result.Index - 35, result.Logit));
        Assert.All(results, result => Assert.Equal(1 / (1 + Math.Exp(35 - result.Index)), result.Score, 1e-6));
        Assert.Equal(3, server.Posts.Count());
        Assert.All(server.Posts, request => Assert.StartsWith(
            """{"query":"a \"query\"","raw_scores":true,"return_text":false,"truncate":false,"truncation_direction":"Right","texts":[""",
            request.Body,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rerank_EqualTexts_StayInTheirOrderAndRawScoresAreLogits()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(Rank, TeiScript.Info(TeiScript.Reranker));
        using TeiReranker reranker = Over(server, options => options.RawScores = true);

        IReadOnlyList<RerankResult> results = await reranker.RerankAsync("q", ["a", "bb", "c", ""]);

        Assert.Equal([(1, -33f), (0, -34f), (2, -34f), (3, -35f)], results.Select(result => (result.Index, result.Score)));
        Assert.Empty(await reranker.RerankAsync("q", []));
        Assert.Single(server.Posts);
        Assert.Same(reranker, reranker.GetService(typeof(IReranker)));
    }

    [Theory]
    [InlineData("""[{"index":0,"score":1}]""", "1 scores for 2 texts")]
    [InlineData("""[{"index":0,"score":1},{"index":0,"score":2}]""", "the text at 0")]
    [InlineData("""[{"index":0,"score":1},{"index":2,"score":2}]""", "the text at 2")]
    [InlineData("""[{"index":0,"score":1},{"index":-1,"score":2}]""", "the text at -1")]
    [InlineData("""[{"index":0,"score":1},{"index":1,"score":1e99}]""", "finite")]
    [InlineData("""[{"index":0,"score":1},{"index":1}]""", "score")]
    public async Task Rerank_AnswerThatIsNoScoreOfEachText_IsRefused(string answer, string part)
    {
        await using ScriptedServer server = await TeiScript.StartAsync(_ => answer, TeiScript.Info(TeiScript.Reranker));
        using TeiReranker reranker = Over(server);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => reranker.RerankAsync("q", ["a", "b"]));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rerank_OverAnEncoder_IsRefused()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(Rank);
        using TeiReranker reranker = Over(server);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => reranker.RerankAsync("q", ["a"]));
        await Assert.ThrowsAsync<ArgumentException>(() => reranker.RerankAsync("q", ["a", null!]));

        Assert.Contains("expected a reranker", error.Message, StringComparison.Ordinal);
    }

    // Sorted, equal ones in reverse, as the server does. The logit is the number of characters without 35.
    private static ScriptedAnswer Rank(ScriptedRequest request) => $"[{string.Join(',', request.Inputs
        .Select((text, index) => (Score: text.Length - 35, Index: index))
        .OrderByDescending(pair => pair)
        .Select(pair => $$"""{"index":{{pair.Index}},"score":{{pair.Score}}}"""))}]";

    private static TeiReranker Over(ScriptedServer server, Action<TeiRerankerOptions>? configure = null)
    {
        var options = new TeiRerankerOptions(server.Address);
        configure?.Invoke(options);
        return new TeiReranker(server.Client, options.Clone());
    }
}
