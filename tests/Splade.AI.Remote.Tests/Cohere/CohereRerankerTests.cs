using System.Net;
using Splade.AI.Remote.Tests.TestDoubles;

namespace Splade.AI.Remote.Tests.Cohere;

public sealed class CohereRerankerTests
{
    [Fact]
    public async Task Rerank_Texts_AreOrderedByTheScoreOfTheServer()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(_ => """
            {"object":"rerank","results":[{"relevance_score":0.9,"index":1,"document":null},{"relevance_score":0.2,"index":0}],"model":"m",
            "usage":{"prompt_tokens":9,"total_tokens":9},"id":"x","created":1}
            """);
        using var reranker = new CohereReranker(server.Client, new CohereRerankerOptions(new Uri(server.Address, "v1"), "m") { ApiKey = "k" });

        IReadOnlyList<RerankResult> results = await reranker.RerankAsync("q", ["a", "b"], new RerankOptions { Top = 1 });

        Assert.Equal([new RerankResult(1, 0.9f, 0.9f, false)], results);
        ScriptedRequest request = Assert.Single(server.Requests);
        Assert.Equal(("v1/rerank", "Bearer k"), (request.Path, request.Authorization));
        Assert.Equal("""{"model":"m","query":"q","return_documents":false,"documents":["a","b"]}""", request.Body);
    }

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body","query"],"msg":"field required"}]}""", "field required", null)]
    [InlineData(401, """{"detail":"Unauthorized"}""", "Unauthorized", null)]
    [InlineData(400, """{"error":{"message":"no such model","type":"BadRequest","param":null,"code":400}}""", "no such model", "BadRequest")]
    [InlineData(500, "<html>", "<html>", null)]
    public async Task Error_OfTheServer_IsTold(int status, string body, string text, string? type)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(_ => new ScriptedAnswer(body, status));
        using var reranker = new CohereReranker(server.Client, new CohereRerankerOptions(server.Address, "m") { RawScores = true });

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => reranker.RerankAsync("q", ["a"]));

        Assert.Equal(((HttpStatusCode)status, type), (error.StatusCode!.Value, error.ErrorType));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains("\"raw_scores\":true", server.Posts.First().Body, StringComparison.Ordinal);
    }
}
