using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.Remote;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Serving;

/// <summary>What a server gives is what its models give, to the library's own clients and to plain requests.</summary>
public sealed class EncoderServerTests(RunningServer running) : IClassFixture<RunningServer>
{
    private static readonly string[] Texts =
        [.. Files.ReadLines(Files.Reference("encode-stress.jsonl")).Select(line => line.GetProperty("text").GetString()!)];

    private static readonly SpladeEncodingOptions Cut = new() { LongTextHandling = LongTextHandling.Truncate };

    [Fact]
    public async Task Sparse_ByTheClientOfTheLibrary_AreTheVectorsOfTheEngine()
    {
        using var generator = new TeiSparseEmbeddingGenerator(running.Client, new TeiSparseEmbeddingGeneratorOptions(running.Server.Address));

        GeneratedEmbeddings<SparseEmbedding> found = await generator.GenerateAsync(Texts, new SpladeEmbeddingGenerationOptions { Encoding = Cut });

        IReadOnlyList<SpladeEncoding> expected = await running.Server.Models.Sparse.EncodeAsync(Texts);
        Assert.Equal(expected.Select(e => e.Vector), found.Select(e => e.Vector));
        Assert.Equal(expected.Sum(e => (long)e.TokenCount), found.Usage!.InputTokenCount);
        Assert.Equal(running.Server.Models.Identity, generator.GetService(typeof(SparseModelIdentity)));
    }

    [Fact]
    public async Task Dense_ByTheClientOfTheLibrary_AreTheVectorsOfTheGenerator()
    {
        using var generator = new TeiEmbeddingGenerator(running.Client, new TeiEmbeddingGeneratorOptions(running.Server.Address));

        GeneratedEmbeddings<Embedding<float>> found = await generator.GenerateAsync(Texts[..20], new SpladeEmbeddingGenerationOptions { Encoding = Cut });

        GeneratedEmbeddings<Embedding<float>> expected = await running.Server.Models.Dense!.GenerateAsync(Texts[..20]);
        Assert.Equal(expected.Select(e => e.Vector.ToArray()), found.Select(e => e.Vector.ToArray()));
        Assert.Equal(384, ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions);
    }

    [Fact]
    public async Task Rerank_ByTheClientOfTheLibrary_IsTheRankingOfTheReranker()
    {
        using var reranker = new TeiReranker(running.Client, new TeiRerankerOptions(running.Server.Address) { RawScores = true });

        IReadOnlyList<RerankResult> found = await reranker.RerankAsync("Which planet looks red?", Texts[..20]);

        IReadOnlyList<RerankResult> expected = await running.Server.Models.Reranker!.RerankAsync("Which planet looks red?", Texts[..20]);
        Assert.Equal(expected.Select(result => (result.Index, result.Logit)), found.Select(result => (result.Index, result.Score)));
    }

    [Fact]
    public async Task Rerank_PlainRequest_HasSigmoidsAndTextsIfTheyAreAskedFor()
    {
        (int status, JsonElement body) = await running.PostAsync("rerank", """{"query":"red planet","texts":["Mars","bread"],"return_text":true}""");

        RerankResult best = (await running.Server.Models.Reranker!.RerankAsync("red planet", ["Mars", "bread"]))[0];
        Assert.Equal((200, 2), (status, body.GetArrayLength()));
        Assert.Equal(new[] { "Mars", "bread" }[best.Index], body[0].GetProperty("text").GetString());
        Assert.Equal(1 / (1 + Math.Exp(-best.Logit)), body[0].GetProperty("score").GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData("float")]
    [InlineData("base64")]
    public async Task OpenAI_Embeddings_AreTheVectorsOfTheGenerator(string format)
    {
        string request = JsonSerializer.Serialize(new { input = Texts[..3], model = "all-minilm-l6-v2-int8", encoding_format = format, user = "u" });

        (int status, JsonElement body) = await running.PostAsync("v1/embeddings", request);

        Assert.Equal(200, status);
        GeneratedEmbeddings<Embedding<float>> expected = await running.Server.Models.Dense!.GenerateAsync(Texts[..3]);
        Assert.All(body.GetProperty("data").EnumerateArray().Index(), pair =>
        {
            JsonElement vector = pair.Item.GetProperty("embedding");
            float[] numbers = format == "base64"
                ? MemoryMarshal.Cast<byte, float>(vector.GetBytesFromBase64()).ToArray()
                : [.. vector.EnumerateArray().Select(number => number.GetSingle())];
            Assert.Equal(pair.Index, pair.Item.GetProperty("index").GetInt32());
            Assert.Equal(expected[pair.Index].Vector.ToArray(), numbers);
        });
        Assert.Equal(expected.Usage!.InputTokenCount, body.GetProperty("usage").GetProperty("total_tokens").GetInt64());
    }

    [Theory]
    [InlineData("""{"input":"a","model":"text-embedding-3-small"}""", 404, "model", "model_not_found")]
    [InlineData("""{"input":[[1,2]],"model":"all-minilm-l6-v2-int8"}""", 422, "input", "Validation")]
    [InlineData("""{"input":[],"model":"all-minilm-l6-v2-int8"}""", 400, "input", "Empty")]
    [InlineData("""{"input":"a","model":"all-minilm-l6-v2-int8","encoding_format":"int8"}""", 422, "encoding_format", "Validation")]
    [InlineData("""{"input":"a","model":"all-minilm-l6-v2-int8","dimensions":12}""", 422, "dimensions", "Validation")]
    [InlineData("""{"input":"a","model":"all-minilm-l6-v2-int8","temperature":1}""", 422, "temperature", "Validation")]
    public async Task OpenAI_WhatIsNotServed_IsRefusedByName(string request, int status, string? parameter, string code)
    {
        (int found, JsonElement body) = await running.PostAsync("v1/embeddings", request);

        JsonElement error = body.GetProperty("error");
        Assert.Equal((status, parameter, code), (found, error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("embed_sparse", "[1]", 422, "object")]
    [InlineData("embed_sparse", "{", 422, "no JSON")]
    [InlineData("embed_sparse", "{}", 422, "`inputs` is missing")]
    [InlineData("embed_sparse", """{"inputs":[]}""", 400, "cannot be empty")]
    [InlineData("embed_sparse", """{"inputs":[[101,102]]}""", 422, "Token ids")]
    [InlineData("embed_sparse", """{"inputs":7}""", 422, "expected a text")]
    [InlineData("embed_sparse", """{"inputs":"a","truncat":true}""", 422, "`truncat` is not known")]
    [InlineData("embed_sparse", """{"inputs":"a","truncate":"yes"}""", 422, "`truncate` is String")]
    [InlineData("embed_sparse", """{"inputs":"a","truncation_direction":"Left"}""", 422, "cut at their end")]
    [InlineData("embed_sparse", """{"inputs":"a","prompt_name":"no-such"}""", 422, "no-such")]
    [InlineData("embed", """{"inputs":"a","normalize":false}""", 422, "length 1 itself")]
    [InlineData("embed", """{"inputs":"a","dimensions":12}""", 422, "has 384")]
    [InlineData("rerank", """{"query":"a"}""", 422, "`texts` is missing")]
    public async Task Tei_WhatIsNotServed_IsRefusedByName(string path, string request, int status, string part)
    {
        (int found, JsonElement body) = await running.PostAsync(path, request);

        Assert.Equal((status, status == 400 ? "Empty" : "Validation"), (found, body.GetProperty("error_type").GetString()));
        Assert.Contains(part, body.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_OfTextsAndBytes_AreThoseOfInfo()
    {
        JsonElement info = await running.Client.GetFromJsonAsync<JsonElement>("info");
        Assert.Equal((32, 512, "splade-tiny"), (info.GetProperty("max_client_batch_size").GetInt32(), info.GetProperty("max_input_length").GetInt32(), info.GetProperty("model_id").GetString()));

        Assert.Equal(422, (await running.PostAsync("embed_sparse", RunningServer.LongRequest(33))).Status);
        (int status, JsonElement body) = await running.PostAsync("embed_sparse", JsonSerializer.Serialize(new { inputs = new string('a', 2_000_000) }));
        Assert.Equal((413, "Validation"), (status, body.GetProperty("error_type").GetString()));
        (status, body) = await running.PostAsync("embed_sparse", JsonSerializer.Serialize(new { inputs = string.Join(' ', Enumerable.Repeat("red", 511)) }));
        Assert.Equal(422, status);
        Assert.Contains("`inputs` must have less than 512 tokens. Given: 513", body.GetProperty("error").GetString(), StringComparison.Ordinal);
        using var plain = new StringContent("""{"inputs":"a"}""");
        Assert.Equal(415, (int)(await running.Client.PostAsync(new Uri("embed_sparse", UriKind.Relative), plain)).StatusCode);
    }

    [Fact]
    public async Task Callers_SixtyFourAtOnce_GetTheirOwnVectors()
    {
        using var generator = new TeiSparseEmbeddingGenerator(
            running.Client, new TeiSparseEmbeddingGeneratorOptions(running.Server.Address) { MaxConcurrentRequests = 64, TokenizerFile = Path.Combine(Files.Model, "tokenizer.json") });
        string[] texts = [.. Enumerable.Range(0, 64).Select(caller => $"planet number {caller}")];

        SparseEmbedding[] found = await Task.WhenAll(texts.Select(text => generator.GenerateAsync(text)));

        Assert.Equal((await running.Server.Models.Sparse.EncodeAsync(texts)).Select(e => e.Vector), found.Select(e => e.Vector));
    }

    [Fact]
    public async Task Metrics_OfTheEngineAndOfRequests_AreThere()
    {
        await running.PostAsync("embed_sparse", """{"inputs":"a"}""");

        string metrics = await running.Client.GetStringAsync("metrics");

        Assert.Contains("splade_encode_texts_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{", metrics, StringComparison.Ordinal);
        Assert.Empty(await running.Client.GetStringAsync("health"));
    }

    [Fact]
    public async Task Programs_OfThePages_PrintWhatTheySay()
    {
        MarkdownPage[] pages = [new("docs/remote-encoders.md"), new("src/Splade.AI.Remote/README.md")];
        string address = running.Server.Address.GetLeftPart(UriPartial.Authority);

        string[] printed = await Snippet.RunAsync(
            [.. pages.SelectMany(page => page.Blocks("csharp")).Select(code => code.Replace("http://localhost:8080", address, StringComparison.Ordinal))]);

        Assert.Equal(pages.SelectMany(page => page.Blocks("text")), printed);
    }

    [Fact]
    public async Task Commands_OfThePage_AreTrue()
    {
        string[] lines = [.. new MarkdownPage("docs/serving.md").Blocks("sh").SelectMany(block => block.Split('\n'))];
        string[] served = [.. lines.Where(line => line.StartsWith("splade serve ", StringComparison.Ordinal))];
        string[] asked = [.. lines.Except(served)];

        Assert.Equal((3, 4), (served.Length, asked.Length));
        Assert.All(served, line => Assert.Empty(SpladeCommandLine.Create().Parse(line["splade ".Length..]).Errors));
        foreach (string line in asked)
        {
            string path = line.Split(' ')[1].Replace("http://localhost:8080/", "", StringComparison.Ordinal);
            Assert.Equal((line, 200), (line, (await running.PostAsync(path, line.Split('\'')[3])).Status));
        }
    }
}
