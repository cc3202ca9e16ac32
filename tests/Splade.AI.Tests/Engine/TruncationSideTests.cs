using System.Text.Json.Nodes;
using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Engine;

/// <summary>A model whose tokenizer cuts long texts from the left keeps their ends.</summary>
public sealed class TruncationSideTests : IDisposable
{
    private const string Start = "mars venus ";
    private const string Kept = "earth moon sun star comet planet galaxy orbit bread dough yeast oven flour butter";

    private readonly TemporaryModel _model = TemporaryModel.CopyOfSpladeTiny();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("left", null)]
    [InlineData(null, "Left")]
    [InlineData("left", "Right")]
    public async Task EncodeAsync_LongText_LosesItsFirstTokens(string? config, string? tokenizer)
    {
        await using SpladeEngine engine = await CreateAsync(config, tokenizer);
        SpladeEncoding cut = (await engine.EncodeAsync([Start + Kept]))[0], kept = (await engine.EncodeAsync([Kept]))[0];
        Assert.Equal((true, 16), (cut.Truncated, cut.TokenCount));
        Assert.Equal((false, 16), (kept.Truncated, kept.TokenCount));
        Assert.Equal(kept.Vector, cut.Vector);
    }

    [Theory]
    [InlineData("right", null)]
    [InlineData("right", "Left")]
    [InlineData(null, "Right")]
    public async Task EncodeAsync_OtherSideSaidLast_LosesTheLastTokens(string? config, string? tokenizer)
    {
        await using SpladeEngine engine = await CreateAsync(config, tokenizer);
        SparseVector cut = (await engine.EncodeAsync([Start + Kept]))[0].Vector;
        Assert.Equal((await engine.EncodeAsync([(Start + Kept)[..^" flour butter".Length]]))[0].Vector, cut);
    }

    [Fact]
    public async Task ExplainAsync_LongText_HasTheTokensThatWereRead()
    {
        await using SpladeEngine engine = await CreateAsync("left", null);
        TextExplanation explained = await engine.ExplainAsync(Start + Kept);
        TokenOffset[] spans = [.. explained.Terms.Select(t => t.Source?.Span).OfType<TokenOffset>()];
        Assert.NotEmpty(spans);
        Assert.All(spans, span => Assert.True(span.Start >= Start.Length));
    }

    private Task<SpladeEngine> CreateAsync(string? config, string? tokenizer)
    {
        Change("tokenizer_config.json", json =>
        {
            json["model_max_length"] = 16;
            json["truncation_side"] = config;
        });
        Change("tokenizer.json", json => json["truncation"] = tokenizer is null
            ? null
            : new JsonObject { ["direction"] = tokenizer, ["max_length"] = 64, ["strategy"] = "LongestFirst", ["stride"] = 0 });
        return SpladeEngine.CreateAsync(_model.Folder);
    }

    private void Change(string file, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(_model.PathOf(file)))!;
        change(json);
        _model.Write(file, json.ToJsonString());
    }
}
