using System.Net;
using Microsoft.Extensions.AI;
using Splade.AI.Remote.Tests.TestDoubles;
using Splade.AI.Tokenization;

namespace Splade.AI.Remote.Tests.Tei;

public sealed class TeiSparseEmbeddingGeneratorTests
{
    private static readonly string TokenizerFile = Path.Combine(Repository.Models, "splade-tiny", "tokenizer.json");

    [Fact]
    public async Task Generate_ManyTexts_ComeInTheirOrderFromBatchesAsTheServerTakesThem()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed);
        using TeiSparseEmbeddingGenerator generator = Over(server);
        string[] texts = [.. Enumerable.Range(0, 100).Select(TeiScript.Text)];

        GeneratedEmbeddings<SparseEmbedding> embeddings = await generator.GenerateAsync(texts);

        Assert.Equal(Enumerable.Range(0, 100), embeddings.Select(e => e.Vector.Indices[0]));
        Assert.All(embeddings, e => Assert.Equal((1.5f, 0.25f, TeiScript.Dimensions), (e.Values.Span[0], e.Values.Span[1], e.Dimensions)));
        Assert.Equal("naver/efficient-splade-VI-BT-large-doc", embeddings[0].ModelId);
        Assert.Equal(100 * 99 / 2, embeddings.Usage!.InputTokenCount);
        Assert.Equal([4, 32, 32, 32], server.Posts.Select(request => request.Inputs.Length).Order());
        Assert.All(server.Posts, request => Assert.StartsWith("""{"truncate":false,"truncation_direction":"Right","inputs":[""", request.Body, StringComparison.Ordinal));
        Assert.Single(server.Requests, request => request.Path == "info");
    }

    [Fact]
    public async Task Generate_NoText_AsksNothing()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed);
        using TeiSparseEmbeddingGenerator generator = Over(server);

        Assert.Empty(await generator.GenerateAsync(Array.Empty<string>()));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Generate_AnyText_ReachesTheServerAsItIs()
    {
        string[] texts = ["", " ", "\"quoted\" \\ and\nbroken\tup \u0001", "世界 \U0001F600 é", "</script>"];
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed);
        using TeiSparseEmbeddingGenerator generator = Over(server);

        await generator.GenerateAsync(texts);

        Assert.Equal(texts, server.Posts.Single().Inputs);
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["fine", "half \ud800"]));
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_MoreBytesThanARequestTakes_AreSentInMoreRequests()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed);
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.MaxRequestBytes = 400);

        GeneratedEmbeddings<SparseEmbedding> embeddings = await generator.GenerateAsync([.. Enumerable.Range(90, 10).Select(TeiScript.Text)]);

        Assert.Equal(Enumerable.Range(90, 10), embeddings.Select(e => e.Vector.Indices[0]));
        Assert.All(server.Posts, request => Assert.InRange(request.Body.Length, 1, 400));
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a", TeiScript.Text(500)]));
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(RemoteEncoderOptions.MaxRequestBytes), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_SixtyFourCallersAtOnce_GetTheirOwnVectorsOverABoundedNumberOfRequests()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(async (request, token) =>
        {
            await Task.Delay(2, token);
            return request.Path == "info" ? TeiScript.Info() : TeiScript.Embed(request);
        });
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.MaxConcurrentRequests = 3);

        await Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
        {
            GeneratedEmbeddings<SparseEmbedding> own = await generator.GenerateAsync([TeiScript.Text(caller), TeiScript.Text(caller + 64)]);
            Assert.Equal([caller, caller + 64], own.Select(e => e.Vector.Indices[0]));
        }));

        Assert.Equal(64, server.Posts.Count());
        Assert.InRange(server.MostUnderWay, 1, 3);
    }

    [Theory]
    [InlineData(EmbeddingInputType.Query, "query")]
    [InlineData(EmbeddingInputType.Document, null)]
    public async Task Generate_InputType_AsksForItsPrompt(EmbeddingInputType type, string? prompt)
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed);
        using TeiSparseEmbeddingGenerator generator = Over(server, options => options.QueryPromptName = "query");

        await generator.GenerateAsync(["a"], new SpladeEmbeddingGenerationOptions { Encoding = { InputType = type } });
        await generator.GenerateAsync(["a"], new SpladeEmbeddingGenerationOptions { Encoding = { InputType = type, Prompt = "find: " } });

        string?[] asked = [.. server.Posts.Select(r => r.Json.TryGetProperty("prompt_name", out var name) ? name.GetString() : null)];
        Assert.Equal((prompt, null), (asked[0], asked[1]));
        Assert.Equal(["find: a"], server.Posts.Last().Inputs);
    }

    [Fact]
    public async Task Generate_CutTexts_AreToldByTheTokenizerHere()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed, TeiScript.Info(length: 6));
        using TeiSparseEmbeddingGenerator generator = Over(server, options => (options.TokenizerFile, options.Dimensions) = (TokenizerFile, null));
        var options = new SpladeEmbeddingGenerationOptions { Encoding = { LongTextHandling = LongTextHandling.Truncate, MaxActiveDimensions = 1 } };

        GeneratedEmbeddings<SparseEmbedding> embeddings = await generator.GenerateAsync(["red planet", "Which planet looks red?"], options);

        Assert.True(server.Posts.Single().Json.GetProperty("truncate").GetBoolean());
        Assert.Equal([(4, false, 1), (6, true, 1)], embeddings.Select(e => (e.TokenCount!.Value, e.Truncated, e.Vector.Count)));
        Assert.Equal(1, embeddings.Usage!.AdditionalCounts![SpladeTelemetry.TruncatedInputs]);
        Assert.Equal(30522, embeddings[0].Dimensions);
    }

    [Fact]
    public async Task Generate_WhatAServerCannotDo_IsRefusedByName()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed);
        using TeiSparseEmbeddingGenerator generator = Over(server);

        await Refused("sliding window", new SpladeEmbeddingGenerationOptions { Encoding = { LongTextHandling = LongTextHandling.SlidingWindowMax } });
        await Refused("MaxTokens", new SpladeEmbeddingGenerationOptions { Encoding = { MaxTokens = 12 } });
        await Refused("'other'", new EmbeddingGenerationOptions { ModelId = "other" });
        await Refused("12 dimensions", new EmbeddingGenerationOptions { Dimensions = 12 });
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a", null!]));
        Assert.Empty(server.Posts);

        async Task Refused(string part, EmbeddingGenerationOptions options) =>
            Assert.Contains(part, (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a"], options))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oops")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]", "0 vectors for 1 texts")]
    [InlineData("[[],[]]", "2 vectors for 1 texts")]
    [InlineData("[null]", "no vector")]
    [InlineData("""[[{"index":1}]]""", "value")]
    [InlineData("""[[{"index":1,"value":null}]]""")]
    [InlineData("""[[{"index":1000,"value":1}]]""", "1000")]
    [InlineData("""[[{"index":-1,"value":1}]]""", "-1")]
    [InlineData("""[[{"index":1,"value":-0.5}]]""", "not negative")]
    [InlineData("""[[{"index":1,"value":NaN}]]""")]
    [InlineData("""[[{"index":1,"value":1e999}]]""", "finite")]
    [InlineData("""[[{"index":1,"value":1},{"index":1,"value":2}]]""", "twice")]
    [InlineData("""[{"index":1,"value":1}]""")]
    public async Task Generate_AnswerThatIsNoSparseVector_IsRefused(string answer, string? part = null)
    {
        await using ScriptedServer server = await TeiScript.StartAsync(_ => answer);
        using TeiSparseEmbeddingGenerator generator = Over(server);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));

        Assert.Contains("embed_sparse gave an answer that cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains(part ?? "", error.Message, StringComparison.Ordinal);
        Assert.Null(error.StatusCode);
    }

    [Fact]
    public async Task Generate_AnswerInAnotherOrderOrWithZeros_IsTheSameVector()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(_ => """[[{"index":9,"value":2},{"index":3,"value":1},{"index":5,"value":0}]]""");
        using TeiSparseEmbeddingGenerator generator = Over(server);

        SparseEmbedding embedding = await generator.GenerateAsync("a");

        Assert.Equal(new SparseVector([3, 9], [1, 2], TeiScript.Dimensions), embedding.Vector);
    }

    [Fact]
    public async Task Identity_OfTei_HasItsNameRevisionAndTheVocabularyHere()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed);
        using TeiSparseEmbeddingGenerator generator = Over(server, options => (options.TokenizerFile, options.Dimensions) = (TokenizerFile, null));

        var identity = (SparseModelIdentity)generator.GetService(typeof(SparseModelIdentity))!;
        var vocabulary = (Vocabulary)generator.GetService(typeof(Vocabulary))!;

        Assert.Equal(("naver/efficient-splade-VI-BT-large-doc", "c2f1", 30522), (identity.ModelName, identity.ModelHash, identity.Dimensions));
        Assert.Equal(vocabulary.ComputeHash(), identity.VocabularyHash);
        Assert.IsAssignableFrom<Tokenizer>(generator.GetService(typeof(Tokenizer)));
        Assert.Equal(server.Address, ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).ProviderUri);
        Assert.Same(generator, generator.GetService(typeof(TeiSparseEmbeddingGenerator)));
        Assert.Null(generator.GetService(typeof(Vocabulary), "key"));
    }

    [Theory]
    [InlineData(null, null, "", "does not say how many dimensions")]
    [InlineData(100, "tokenizer", "", "30522")]
    [InlineData(100, null, ""","served":{"embed_sparse":{"model_id":"m","dimensions":200}}""", "200")]
    [InlineData(null, null, ""","served":{"embed":{"model_id":"m","dimensions":200}}""", "only for [embed]")]
    [InlineData(
        null, "tokenizer", ""","served":{"embed_sparse":{"model_id":"m","identity":{"modelName":"m","dimensions":30522,"vocabularyHash":"x"}}}""", "vocabulary")]
    public async Task Dimensions_UnknownOrNotAgreeing_AreRefused(int? dimensions, string? tokenizer, string more, string part)
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed, TeiScript.Info(more: more));
        using TeiSparseEmbeddingGenerator generator = Over(
            server, options => (options.TokenizerFile, options.Dimensions) = (tokenizer is null ? null : TokenizerFile, dimensions));

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Posts);
    }

    [Theory]
    [InlineData(TeiScript.Dense)]
    [InlineData(TeiScript.Reranker)]
    public async Task Generate_OverAnotherKindOfModel_IsRefusedBeforeATextIsSent(string type)
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.Embed, TeiScript.Info(type));
        using TeiSparseEmbeddingGenerator generator = Over(server);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));

        Assert.Contains("expected a sparse encoder", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Posts);
    }

    [Fact]
    public async Task Info_ThatFailedOnce_IsAskedForAgain()
    {
        int asked = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync(request => request.Path != "info" ? TeiScript.Embed(request)
            : Interlocked.Increment(ref asked) == 1 ? TeiScript.Error(503, "Unhealthy", "unhealthy") : TeiScript.Info());
        using TeiSparseEmbeddingGenerator generator = Over(server);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (error.StatusCode, error.ErrorType));
        Assert.Single(await generator.GenerateAsync(["a"]));
    }

    private static TeiSparseEmbeddingGenerator Over(ScriptedServer server, Action<TeiSparseEmbeddingGeneratorOptions>? configure = null)
    {
        var options = new TeiSparseEmbeddingGeneratorOptions(server.Address) { Dimensions = TeiScript.Dimensions };
        configure?.Invoke(options);
        return new TeiSparseEmbeddingGenerator(server.Client, options);
    }
}
