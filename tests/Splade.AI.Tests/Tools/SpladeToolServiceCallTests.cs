using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI.Tests.TestData;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class SpladeToolServiceCallTests(ToolsFixture fixture) : IClassFixture<ToolsFixture>
{
    // What Semantic Kernel writes results with.
    private static readonly JsonSerializerOptions Reflection = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SpladeToolService _sut = new(fixture.Engine, new SpladeAIToolsOptions { Retriever = fixture.Retriever });

    public static TheoryData<SpladeTool, string, Type> Calls => new()
    {
        { SpladeTool.Encode, """{"text": "refund", "top": "3", "inputType": "Query"}""", typeof(SpladeEncodeResult) },
        { SpladeTool.Explain, """{"query": "refund", "Document": "money is refunded", "top": 2.0}""", typeof(SpladeExplainResult) },
        { SpladeTool.Compare, """{"query": "refund", "documents": "[\"tea\", \"money is refunded\"]"}""", typeof(SpladeCompareResult) },
        { SpladeTool.ExpandQuery, """{"query": "refund", "top": 4, "language": "en"}""", typeof(SpladeExpandResult) },
        { SpladeTool.Search, """{"query": "When do I get my money back?", "top": 2, "mode": "SPARSE"}""", typeof(SpladeSearchResult) },
        { SpladeTool.ReadPassage, """{"id": "\"faq/refunds\""}""", typeof(SpladePassageResult) },
    };

    public static TheoryData<SpladeTool, string, string> WrongCalls => new()
    {
        { SpladeTool.Encode, "{}", "'text' is missing" },
        { SpladeTool.Encode, """{"text": {"a": 1}}""", "'text' is an object" },
        { SpladeTool.Encode, """{"text": "refund", "input_type": "essay"}""", "'input_type' is 'essay'" },
        { SpladeTool.Explain, """{"query": "refund"}""", "'document' is missing" },
        { SpladeTool.Explain, """{"query": "refund", "document": "tea", "top": "many"}""", "'top' is 'many'" },
        { SpladeTool.Compare, """{"query": "refund", "documents": ["tea", null]}""", "'documents[1]' is null" },
        { SpladeTool.ExpandQuery, """{"query": " "}""", "'query' is missing or blank" },
        { SpladeTool.Search, """{"query": "refund", "mode": "semantic"}""", "'mode' is 'semantic'" },
        { SpladeTool.ReadPassage, """{"id": "faq/nothing"}""", "no passage with the id 'faq/nothing'" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task CallAsync_ArgumentsOfAModel_GiveTheResultOfTheFunction(SpladeTool tool, string arguments, Type expected)
    {
        SpladeToolResult result = await _sut.CallAsync(tool, Read(arguments));

        Assert.Null(result.Error);
        Assert.IsType(expected, result);
        Assert.Equal(await _sut.AsAIFunction(tool).InvokeAsync(Read(arguments)), result.ToString());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Results_WrittenByReflection_AreWhatTheFunctionsWrite(SpladeTool tool, string arguments, Type expected)
    {
        SpladeToolResult result = await _sut.CallAsync(tool, Read(arguments));
        Assert.Equal(result.ToString(), JsonSerializer.Serialize(result, expected, Reflection));
    }

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task CallAsync_WrongArguments_AreAnErrorWithAHint(SpladeTool tool, string arguments, string error)
    {
        SpladeToolResult result = await _sut.CallAsync(tool, Read(arguments));

        Assert.Contains(error, result.Error, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(result.Hint));
        Assert.Equal(await _sut.AsAIFunction(tool).InvokeAsync(Read(arguments)), result.ToString());
    }

    [Fact]
    public async Task CallAsync_WithoutARetrieverOrFunction_Throws()
    {
        var sut = new SpladeToolService(fixture.Engine);

        Assert.False(sut.CanSearch);
        await Assert.ThrowsAsync<InvalidOperationException>(() => sut.CallAsync(SpladeTool.Search, Read("""{"query": "refund"}""")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sut.CallAsync(SpladeTool.ReadPassage, Read("""{"id": "1"}""")));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("tool", () => sut.CallAsync((SpladeTool)17, []));
        Assert.Throws<ArgumentOutOfRangeException>("tool", () => sut.AsAIFunction((SpladeTool)17));
        await Assert.ThrowsAsync<ArgumentNullException>("arguments", () => sut.CallAsync(SpladeTool.Encode, null!));
    }

    [Fact]
    public async Task CallAsync_Cancelled_ThrowsWithTheTokenOfTheCaller()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _sut.CallAsync(SpladeTool.Encode, Read("""{"text": "refund"}"""), source.Token));
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task ExpandQueryAsync_Query_TellsTheKeywordsOfTheEngine()
    {
        SpladeExpandResult result = await _sut.ExpandQueryAsync("How long do refunds take?", 3);

        Assert.Equal(3, result.Added);
        Assert.Equal(3, result.Keywords!.Count(k => k.Literal == false));
        Assert.Contains(result.Keywords!, k => k is { Term: "refunds", Literal: true });
        Assert.Equal(result.Keywords!.OrderByDescending(k => k.Weight), result.Keywords!);
        Assert.False(result.QueryTruncated);
    }

    private static AIFunctionArguments Read(string json) => new(JsonSerializer.Deserialize<Dictionary<string, object?>>(json)!);
}
