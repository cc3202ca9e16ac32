using System.Text.Json;
using Splade.AI.Explanation;
using Splade.Testing.Explanation;

namespace Splade.AI.Tests.Explanation.Rendering.Json;

/// <summary>JSON says the same as the explanation.</summary>
public sealed class JsonRenderingTests
{
    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Text_AnyTerms_AreReadBack(int seed)
    {
        TextExplanation text = RandomExplanations.Create(seed);
        string json = text.ToJson();
        JsonElement[] terms = [.. Parse(json).GetProperty("terms").EnumerateArray()];
        Assert.DoesNotContain('\n', json);
        Assert.Equal(text.Terms.Count, terms.Length);
        Assert.All(text.Terms.Zip(terms), pair =>
        {
            Assert.Equal(pair.First.Weight, pair.Second.GetProperty("weight").GetSingle());
            Assert.Equal(pair.First.Origin == TermOrigin.Literal, pair.Second.GetProperty("literal").GetBoolean());
            Assert.Equal(pair.First.Source?.Position, pair.Second.GetProperty("position") is { ValueKind: JsonValueKind.Number } p ? p.GetInt32() : null);
            int[]? span = pair.First.Source?.Span is (int start, int end) ? [start, end] : null;
            Assert.Equal(span, pair.Second.GetProperty("span").Deserialize<int[]?>());
        });
    }

    [Fact]
    public void Text_Members_AreInTheDocumentedOrder()
    {
        JsonElement line = Parse(HandMade.Document.ToJson());
        Assert.Equal(["terms", "termCount", "mass", "literalShare", "expansionShare", "tokens", "truncated"], Names(line));
        Assert.Equal(["id", "term", "weight", "literal", "position", "span"], Names(line.GetProperty("terms")[0]));
        Assert.Equal(["id", "term", "weight", "literal", "position", "span", "runnersUp"], Names(line.GetProperty("terms")[1]));
        Assert.Equal(["position", "span", "activation"], Names(line.GetProperty("terms")[1].GetProperty("runnersUp")[0]));
        Assert.Equal("spansUnavailableReason", Names(Parse((HandMade.Document with { SpansUnavailableReason = "None." }).ToJson())).Last());
    }

    [Fact]
    public void Match_Members_AreInTheDocumentedOrder()
    {
        JsonElement line = Parse(HandMade.Match.ToJson());
        Assert.Equal(
            ["score", "expansionShare", "warning", "terms", "termCount", "unmatched", "unmatchedCount", "truncated"], Names(line));
        Assert.Equal(["id", "term", "contribution", "share", "query", "document"], Names(line.GetProperty("terms")[0]));
        Assert.Equal(["weight", "literal", "position", "span"], Names(line.GetProperty("terms")[0].GetProperty("query")));
        Assert.True(Parse((HandMade.Match with { Document = HandMade.Document with { Truncated = true } }).ToJson()).GetProperty("truncated").GetBoolean());
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
