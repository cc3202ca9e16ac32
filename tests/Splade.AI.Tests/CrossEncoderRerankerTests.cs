using System.Text.Json.Nodes;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests;

public sealed class CrossEncoderRerankerTests
{
    private const string Bert = "random-cross-encoder";
    private const string Nli = "random-cross-encoder-nli";
    private const string Xlmr = "random-cross-encoder-xlmr";
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData(Bert, null)]
    [InlineData(Bert, "model.safetensors")]
    [InlineData(Xlmr, null)]
    [InlineData(Xlmr, "model.safetensors")]
    public async Task RerankAsync_Reference_AgreesAloneInBatchesAndUnderLoad(string model, string? file)
    {
        await using CrossEncoderReranker sut = await CrossEncoderReranker.CreateAsync(new CrossEncoderRerankerOptions(Folder(model)) { ModelFile = file });
        foreach (PairReference line in PairReference.All)
        {
            AssertSame([line], model, await sut.RerankAsync(line.Query, [line.Text]));
        }

        IGrouping<string, PairReference>[] queries = [.. PairReference.All.GroupBy(line => line.Query)];
        await Parallel.ForEachAsync(Enumerable.Range(0, 64), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, token) =>
        {
            PairReference[] lines = [.. queries[i % queries.Length]];
            AssertSame(lines, model, await sut.RerankAsync(lines[0].Query, [.. lines.Select(line => line.Text)], options: null, token));
        });
    }

    [Theory]
    [InlineData("contradiction", null, 0)]
    [InlineData("entailment", "model.safetensors", 1)]
    [InlineData("2", null, 2)]
    public async Task RerankAsync_ModelOfThreeLabels_ScoresByTheOneThatIsNamed(string label, string? file, int place)
    {
        var options = new CrossEncoderRerankerOptions(Folder(Nli)) { Label = label, ModelFile = file };
        await using CrossEncoderReranker sut = await CrossEncoderReranker.CreateAsync(options);
        Assert.Equal(["contradiction", "entailment", "neutral"], sut.Labels);
        foreach (PairReference line in PairReference.All.Take(20))
        {
            RerankResult result = Assert.Single(await sut.RerankAsync(line.Query, [line.Text]));
            Assert.Equal(line.Numbers(Nli, "logits")[place], result.Logit, Tolerance);
            Assert.Equal(result.Logit, result.Score);
        }
    }

    [Fact]
    public async Task RerankAsync_QueryThenText_GivesFlagRerankersLogits()
    {
        await using CrossEncoderReranker sut =
            await CrossEncoderReranker.CreateAsync(new CrossEncoderRerankerOptions(Folder(Xlmr)) { Truncation = PairTruncation.QueryThenText });
        PairReference[] others = [.. PairReference.All.Where(line => line.Ids(Xlmr, "only_second_ids") is not null)];
        Assert.Equal(11, others.Length);
        foreach (PairReference line in others)
        {
            RerankResult result = Assert.Single(await sut.RerankAsync(line.Query, [line.Text]));
            Assert.Equal(line.Numbers(Xlmr, "only_second_logits")[0], result.Logit, Tolerance);
            Assert.True(result.Truncated);
        }
    }

    [Fact]
    public async Task RerankAsync_SeveralTexts_AreOrderedByLogitAndEqualsByPlace()
    {
        await using CrossEncoderReranker sut = await CrossEncoderReranker.CreateAsync(Folder(Bert));
        string[] texts = [.. PairReference.All.Take(8).Select(line => line.Text)];
        IReadOnlyList<RerankResult> results = await sut.RerankAsync("What makes the tides?", [.. texts, .. texts]);
        Assert.Equal(results.OrderByDescending(r => r.Logit).ThenBy(r => r.Index), results);
        Assert.Equal(Enumerable.Range(0, 16), results.Select(r => r.Index).Order());
        Assert.Equal(results.Take(3), await sut.RerankAsync("What makes the tides?", [.. texts, .. texts], new RerankOptions { Top = 3 }));
        Assert.Empty(await sut.RerankAsync("nothing", []));
    }

    [Fact]
    public async Task RerankAsync_WrongArguments_AreRefused()
    {
        CrossEncoderReranker sut = await CrossEncoderReranker.CreateAsync(Folder(Bert));
        await Assert.ThrowsAsync<ArgumentNullException>("query", () => sut.RerankAsync(null!, []));
        await Assert.ThrowsAsync<ArgumentNullException>("texts", () => sut.RerankAsync("", null!));
        await Assert.ThrowsAsync<ArgumentException>("texts", () => sut.RerankAsync("", [null!]));
        Assert.Throws<ArgumentOutOfRangeException>("Top", () => new RerankOptions { Top = 0 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.RerankAsync("", ["text"], options: null, new CancellationToken(canceled: true)));
        Assert.Same(sut, sut.GetService(typeof(IReranker)));
        Assert.Same(sut.Tokenizer.Vocabulary, sut.GetService(typeof(Vocabulary)));
        sut.Dispose();
        await sut.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.RerankAsync("", ["late"]));
    }

    [Fact]
    public async Task RerankAsync_CutPairs_AreLoggedWithoutTheirTexts()
    {
        using var log = new TestLoggerFactory();
        var options = new CrossEncoderRerankerOptions(Folder(Bert)) { LoggerFactory = log, Encoding = { MaxTokens = 8 } };
        await using CrossEncoderReranker sut = await CrossEncoderReranker.CreateAsync(options);
        Assert.Equal([true, false], (await sut.RerankAsync("a b", ["secretword secretword secretword", "c"])).OrderBy(r => r.Index).Select(r => r.Truncated));
        Assert.Contains(log.Entries, e => e.Message.StartsWith("1 of 2 texts were longer than 8 tokens together with the query", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Entries, e => e.Message.Contains("secretword", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RerankAsync_SomebodyListens_IsASpanOfPairs()
    {
        using var spans = new SpanLog(SpladeTelemetry.ActivitySourceName);
        using TemporaryModel model = TemporaryModel.CopyOf(Folder(Bert), "traced-reranker");
        await using CrossEncoderReranker sut = await CrossEncoderReranker.CreateAsync(model.Folder);
        await sut.RerankAsync("tides", ["the moon", "bread"]);
        System.Diagnostics.Activity span = Assert.Single(spans.Of("traced-reranker"));
        Assert.Equal(("pair", 2), (span.GetTagItem("splade.input_type"), span.GetTagItem("splade.texts")));
    }

    [Fact]
    public async Task CreateAsync_LabelsAndLimits_AreCheckedBeforeLoading()
    {
        await RefusedAsync<ArgumentException>(Nli, o => { }, "0 'contradiction', 1 'entailment', 2 'neutral'");
        await RefusedAsync<ArgumentException>(Nli, o => o.Label = "3", "no label '3'");
        await RefusedAsync<ArgumentException>(Bert, o => o.Encoding.MaxTokens = 129, "at most 128");
        await RefusedAsync<ArgumentOutOfRangeException>(Bert, o => o.Encoding.MaxTokens = 4, "must be greater than or equal to");
        await RefusedAsync<ArgumentException>(Bert, o => o.Encoding.Prompt = "q: ", "The options set Prompt");
        await RefusedAsync<ArgumentException>(Bert, o => o.Encoding.LongTextHandling = LongTextHandling.SlidingWindowMax, "set LongTextHandling");
        Assert.Throws<ArgumentOutOfRangeException>("Truncation", () => new CrossEncoderRerankerOptions { Truncation = (PairTruncation)7 });
    }

    [Theory]
    [InlineData("torch.nn.modules.activation.Sigmoid", true)]
    [InlineData("torch.nn.modules.linear.Identity", false)]
    [InlineData("mine.Identity", true)]
    public async Task CreateAsync_ActivationOfConfig_IsTorchsOrTheUsual(string activation, bool isSigmoid)
    {
        using var log = new TestLoggerFactory();
        using TemporaryModel model = TemporaryModel.CopyOf(Folder(Bert));
        Change(model, config => config["sentence_transformers"]!["activation_fn"] = activation);
        await using CrossEncoderReranker sut = await CrossEncoderReranker.CreateAsync(new CrossEncoderRerankerOptions(model.Folder) { LoggerFactory = log });
        RerankResult result = Assert.Single(await sut.RerankAsync("tides", ["the moon"]));
        Assert.Equal(isSigmoid ? 1 / (1 + MathF.Exp(-result.Logit)) : result.Logit, result.Score, 1e-6f);
        Assert.Equal(activation.StartsWith("mine", StringComparison.Ordinal), log.Entries.Any(e => e.Message.Contains("mine.Identity", StringComparison.Ordinal)));
    }

    private static async Task RefusedAsync<TException>(string model, Action<CrossEncoderRerankerOptions> change, string reason)
        where TException : Exception
    {
        var options = new CrossEncoderRerankerOptions(Folder(model));
        change(options);
        Assert.Contains(reason, (await Assert.ThrowsAsync<TException>(() => CrossEncoderReranker.CreateAsync(options))).Message, StringComparison.Ordinal);
    }

    private static void Change(TemporaryModel model, Action<JsonObject> change)
    {
        JsonObject config = JsonNode.Parse(File.ReadAllText(model.PathOf("config.json")))!.AsObject();
        change(config);
        model.Write("config.json", config.ToJsonString());
    }

    private static void AssertSame(PairReference[] lines, string model, IReadOnlyList<RerankResult> results)
    {
        Assert.Equal(lines.Length, results.Count);
        foreach (RerankResult result in results)
        {
            Assert.Equal(lines[result.Index].Numbers(model, "logits")[0], result.Logit, Tolerance);
            Assert.Equal(lines[result.Index].Numbers(model, "score")[0], result.Score, Tolerance);
        }
    }

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);
}
