using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

/// <summary>The functions in the hands of an agent: called by messages, through the loop of Microsoft.Extensions.AI.</summary>
public sealed class AgentLoopTests(ToolsFixture fixture) : IClassFixture<ToolsFixture>
{
    [Fact]
    public async Task Loop_AgentThatSearchesReadsAndExplains_GetsWhatItNeedsAndMendsItsMistakes()
    {
        using var model = new ScriptedChatClient(
            _ => Call(("1", "hybrid_search", """{"query": "When do I get my money back?", "mode": "semantic"}""")),
            messages => Call(("2", "hybrid_search", $$"""{"query": "When do I get my money back?", "top": "2", "mode": "{{FirstChoice(Last(messages))}}"}""")),
            messages => Call(("3", "read_passage", $$"""{"id": "{{Last(messages).GetProperty("hits")[0].GetProperty("id")}}"}""")),
            messages => Call(
                ("4", "splade_explain", $$"""{"query": "refund", "document": "{{Last(messages).GetProperty("untrusted_text")}}", "why": true}"""),
                ("5", "splade_encode", """{"top": 3}"""),
                ("6", "splade_compare", """{"query": "refund", "documents": "[\"tea\", \"money is refunded\"]"}""")),
            _ => Call(("7", "splade_encode", """{"text": "refund", "top": 3, "inputType": "Query"}""")),
            _ => new ChatMessage(ChatRole.Assistant, "Within five working days."));

        ChatResponse response = await AskAsync(model);

        Dictionary<string, JsonElement> results = Results(response);
        Assert.Equal("Within five working days.", response.Text);
        Assert.Equal(fixture.Functions.Select(f => f.Name), model.Offered.Select(t => t.Name));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], results.Keys.Order());
        Assert.Contains("'semantic'", results["1"].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, results["2"].GetProperty("hits").GetArrayLength());
        Assert.Equal("faq/refunds", results["3"].GetProperty("id").GetString());
        Assert.StartsWith("Refunds take five working days.", results["3"].GetProperty("untrusted_text").GetString(), StringComparison.Ordinal);
        Assert.True(results["4"].GetProperty("score").GetDouble() > 0);
        Assert.Contains("'text' is missing", results["5"].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal([1, 0], results["6"].GetProperty("ranking").EnumerateArray().Select(r => r.GetProperty("index").GetInt32()));
        Assert.Equal(3, results["7"].GetProperty("terms").GetArrayLength());
    }

    [Fact]
    public async Task Loop_FunctionOutOfOrder_GoesOnAndTheModelIsTold()
    {
        SpladeEngine disposed = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        IReadOnlyList<AIFunction> functions = SpladeAITools.Create(disposed);
        await disposed.DisposeAsync();
        using var model = new ScriptedChatClient(
            _ => Call(("1", "splade_encode", """{"text": "refund"}""")),
            _ => new ChatMessage(ChatRole.Assistant, "I cannot look into it."));

        ChatResponse response = await AskAsync(model, functions);

        Assert.Equal("I cannot look into it.", response.Text);
        Assert.Contains("Do not repeat the call", Results(response)["1"].GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    private async Task<ChatResponse> AskAsync(ScriptedChatClient model, IReadOnlyList<AIFunction>? functions = null)
    {
        using IChatClient agent = new ChatClientBuilder(model).UseFunctionInvocation().Build();
        return await agent.GetResponseAsync("When do I get my money back?", new ChatOptions { Tools = [.. functions ?? fixture.Functions] });
    }

    private static ChatMessage Call(params (string Id, string Function, string Arguments)[] calls) => new(
        ChatRole.Assistant,
        [.. calls.Select(c => FunctionCallContent.CreateFromParsedArguments(
            c.Arguments, c.Id, c.Function, static json => JsonSerializer.Deserialize<Dictionary<string, object?>>(json)))]);

    /// <summary>What each call came to, as JSON; a string is what clients pass on to a model as it is.</summary>
    private static Dictionary<string, JsonElement> Results(ChatResponse response) => response.Messages
        .SelectMany(m => m.Contents.OfType<FunctionResultContent>())
        .ToDictionary(r => r.CallId, r => JsonElement.Parse(Assert.IsType<string>(r.Result)));

    private static JsonElement Last(IReadOnlyList<ChatMessage> messages) =>
        JsonElement.Parse((string)messages[^1].Contents.OfType<FunctionResultContent>().Last().Result!);

    // "Give one of hybrid, sparse, dense."
    private static string FirstChoice(JsonElement result) => result.GetProperty("hint").GetString()!.Split(' ')[3].TrimEnd(',');
}
