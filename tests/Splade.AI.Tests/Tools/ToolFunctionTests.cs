using System.Text.Json;
using Splade.AI.Tests.TestData;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

/// <summary>The functions with arguments as models write them.</summary>
public sealed class ToolFunctionTests(ToolsFixture fixture) : IClassFixture<ToolsFixture>
{
    public static TheoryData<string, string, string> Calls => new()
    {
        { "splade_encode", """{"text": "refund", "top": "3", "inputType": "Query"}""", "terms" },
        { "splade_explain", """{"query": "refund", "Document": "money is refunded", "top": 2.0}""", "score" },
        { "splade_compare", """{"query": "refund", "documents": "[\"tea\", \"money is refunded\"]"}""", "ranking" },
        { "splade_expand", """{"query": "refund", "top": 4, "language": "en"}""", "keywords" },
        { "hybrid_search", """{"query": "When do I get my money back?", "top": 2, "mode": "SPARSE"}""", "hits" },
        { "read_passage", """{"id": "\"faq/refunds\""}""", "untrusted_text" },
    };

    public static TheoryData<string, string, string> WrongCalls => new()
    {
        { "splade_encode", "{}", "'text' is missing" },
        { "splade_encode", """{"text": {"a": 1}}""", "'text' is an object" },
        { "splade_encode", """{"text": "refund", "input_type": "essay"}""", "'input_type' is 'essay'" },
        { "splade_explain", """{"query": "refund"}""", "'document' is missing" },
        { "splade_explain", """{"query": "refund", "document": "tea", "top": "many"}""", "'top' is 'many'" },
        { "splade_compare", """{"query": "refund", "documents": ["tea", null]}""", "'documents[1]' is null" },
        { "splade_expand", """{"query": " "}""", "'query' is missing or blank" },
        { "hybrid_search", """{"query": "refund", "mode": "semantic"}""", "'mode' is 'semantic'" },
        { "read_passage", """{"id": "faq/nothing"}""", "no passage with the id 'faq/nothing'" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task InvokeAsync_ArgumentsOfAModel_GiveTheResultOfTheFunction(string function, string arguments, string member)
    {
        JsonElement result = JsonElement.Parse(await fixture.CallAsync(function, arguments));

        Assert.False(result.TryGetProperty("error", out _));
        Assert.True(result.TryGetProperty(member, out _));
    }

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task InvokeAsync_WrongArguments_AreAnErrorWithAHintAndNothingElse(string function, string arguments, string error)
    {
        JsonElement result = JsonElement.Parse(await fixture.CallAsync(function, arguments));

        Assert.Equal(["error", "hint"], result.EnumerateObject().Select(member => member.Name));
        Assert.Contains(error, result.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(result.GetProperty("hint").GetString()));
    }

    [Fact]
    public async Task InvokeAsync_Cancelled_ThrowsWithTheTokenOfTheCaller()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ToolsFixture.CallAsync(fixture.Functions, "splade_encode", """{"text": "refund"}""", source.Token));
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task Expand_Query_TellsTheKeywordsOfTheEngine()
    {
        ExpandResult result = await new ToolCaller(fixture.Functions).ExpandQueryAsync("How long do refunds take?", 3);

        Assert.Equal(3, result.Added);
        Assert.Equal(3, result.Keywords!.Count(k => k.Literal == false));
        Assert.Contains(result.Keywords!, k => k is { Term: "refunds", Literal: true });
        Assert.Equal(result.Keywords!.OrderByDescending(k => k.Weight), result.Keywords!);
        Assert.False(result.QueryTruncated);
    }
}
