using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Splade.AI;
using Splade.AI.Remote;
using Splade.Cli.Serving;

namespace Splade.Cli.Tests.Serving;

/// <summary>Servers with settings of their own: a key, a short queue, and an end.</summary>
public sealed class ServerLimitsTests
{
    private const string Key = "right-key";

    [Fact]
    public async Task Key_IsAskedForAtAllPathsButHealth()
    {
        await using EncoderServer server = await EncoderServer.StartAsync(RunningServer.Settings with { ApiKey = Key }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = server.Address };

        foreach (string? key in new[] { null, "", "wrong-key", Key + "x", Key[..^1] })
        {
            client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            Assert.All(await Task.WhenAll(((string[])["info", "metrics", "embed_sparse", "v1/models", "none"]).Select(AskAsync)), answer => Assert.Equal((401, ""), answer));
            Assert.Equal((200, ""), await AskAsync("health"));
        }

        using var generator = new TeiSparseEmbeddingGenerator(client, new TeiSparseEmbeddingGeneratorOptions(server.Address) { ApiKey = Key });
        Assert.Single(await generator.GenerateAsync(["a"]));
        using var stranger = new TeiSparseEmbeddingGenerator(client, new TeiSparseEmbeddingGeneratorOptions(server.Address) { ApiKey = "wrong-key" });
        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => stranger.GenerateAsync(["a"]));
        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);

        async Task<(int, string)> AskAsync(string path)
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Queue_ThatIsFull_IsToldAndWhatIsUnderWayIsFinishedAtTheEnd()
    {
        const int Texts = 12;
        await using EncoderServer server = await EncoderServer.StartAsync(
            RunningServer.Settings with { MaxConcurrentTexts = Texts, MaxBatchSize = Texts, MaxCharacters = 5000 }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(422, (await RunningServer.PostAsync(client, "embed_sparse", JsonSerializer.Serialize(new { inputs = new string('a', 5001) }))).Status);

        Task<(int Status, JsonElement Body)> underWay = await FillAsync(client, Texts);

        // The client of the library waits until there is room.
        using var generator = new TeiSparseEmbeddingGenerator(client, new TeiSparseEmbeddingGeneratorOptions(server.Address));
        Assert.Single(await generator.GenerateAsync(["a"]));
        Assert.Equal(200, (await underWay).Status);

        underWay = await FillAsync(client, Texts);
        await server.StopAsync();

        Assert.Equal((200, Texts), ((await underWay).Status, (await underWay).Body.GetArrayLength()));
        await Assert.ThrowsAsync<HttpRequestException>(() => RunningServer.PostAsync(client, "embed_sparse", """{"inputs":"a"}"""));
    }

    [Fact]
    public async Task Path_WithoutAModel_SaysHowTheServerGetsOne()
    {
        await using EncoderServer server = await EncoderServer.StartAsync(RunningServer.Settings with { AutoTruncate = true }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = server.Address };

        (int status, JsonElement body) = await RunningServer.PostAsync(client, "embed", """{"inputs":"a"}""");
        Assert.Equal((424, "Backend"), (status, body.GetProperty("error_type").GetString()));
        Assert.Contains("--dense", body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(424, (await RunningServer.PostAsync(client, "rerank", """{"query":"a","texts":["b"]}""")).Status);
        Assert.Equal(424, (await RunningServer.PostAsync(client, "v1/embeddings", """{"input":"a","model":"m"}""")).Status);

        using var dense = new TeiEmbeddingGenerator(client, new TeiEmbeddingGeneratorOptions(server.Address));
        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => dense.GenerateAsync(["a"]));
        Assert.Contains("only for [embed_sparse]", error.Message, StringComparison.Ordinal);

        // Cut, as the server was told to where a request does not say.
        Assert.Equal(200, (await RunningServer.PostAsync(client, "embed_sparse", RunningServer.LongRequest(1))).Status);
        string text = string.Join(' ', Enumerable.Repeat("red", 600));
        Assert.Equal(200, (await RunningServer.PostAsync(client, "embed_sparse", JsonSerializer.Serialize(new { inputs = text }))).Status);
        Assert.Equal(422, (await RunningServer.PostAsync(client, "embed_sparse", JsonSerializer.Serialize(new { inputs = text, truncate = false }))).Status);
    }

    [Fact]
    public async Task QueryPrompt_OfAModelWithTableQueries_GivesTheVectorsOfQueries()
    {
        string folder = Path.Combine(Repository.TestData, "models", "inference-free-idf");
        await using EncoderServer server = await EncoderServer.StartAsync(RunningServer.Settings with { Folder = folder }, CancellationToken.None);
        using var client = new HttpClient();
        using var generator = new TeiSparseEmbeddingGenerator(client, new TeiSparseEmbeddingGeneratorOptions(server.Address) { QueryPromptName = "query" });

        foreach (EmbeddingInputType type in Enum.GetValues<EmbeddingInputType>())
        {
            var encoding = new SpladeEncodingOptions { InputType = type };
            SparseEmbedding found = (await generator.GenerateAsync(["red planet"], new SpladeEmbeddingGenerationOptions { Encoding = encoding }))[0];
            Assert.Equal((await server.Models.Sparse.EncodeAsync(["red planet"], encoding))[0].Vector, found.Vector);
        }
    }

    [Fact]
    public void Admission_OfMoreThanThereAreLeft_IsRefusedWhole()
    {
        var admission = new Admission(10);
        using (admission.Enter(6))
        {
            Assert.Equal("Overloaded", Assert.Throws<ServingException>(() => admission.Enter(5)).Type);
            using (admission.Enter(4))
            {
                Assert.Throws<ServingException>(() => admission.Enter(1));
            }
        }

        admission.Enter(10).Dispose();
    }

    /// <summary>Sends a request that takes all permits of a server, and sees that another one is refused meanwhile.</summary>
    private static async Task<Task<(int Status, JsonElement Body)>> FillAsync(HttpClient client, int texts)
    {
        for (int tries = 0; tries < 20; tries++)
        {
            Task<(int Status, JsonElement Body)> underWay = RunningServer.PostAsync(client, "embed_sparse", RunningServer.LongRequest(texts));
            await Task.Delay(50);
            (int status, JsonElement body) = await RunningServer.PostAsync(client, "embed_sparse", """{"inputs":"a"}""");
            if (status == 429)
            {
                Assert.Equal("Overloaded", body.GetProperty("error_type").GetString());
                return underWay;
            }

            await underWay; // The other one came first.
        }

        throw new InvalidOperationException("The server was never full.");
    }
}
