using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Splade.SemanticKernel.Tests.TestData;
using Splade.SemanticKernel.Tests.TestDoubles;

namespace Splade.SemanticKernel.Tests;

/// <summary>The plugin in the hands of a model that calls functions by itself: well, badly, and ones that are not there.</summary>
public sealed class FunctionChoiceTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private static readonly string[] Names = ["hybrid_search", "read_passage", "splade_compare", "splade_encode", "splade_expand", "splade_explain"];

    public static TheoryData<string, string, string> WrongCalls => new()
    {
        { "splade-splade_encode", "{}", "'text' is missing" },
        { "splade-splade_encode", """{"text": null}""", "'text' is missing" },
        { "splade-splade_encode", """{"text": "refund", "top": "many"}""", "'top' is 'many'" },
        { "splade-splade_encode", """{"text": "refund", "input_type": "essay"}""", "'input_type' is 'essay'" },
        { "splade-splade_explain", """{"query": "refund"}""", "'document' is missing" },
        { "splade-splade_compare", """{"query": "refund", "documents": []}""", "'documents' is missing or empty" },
        { "splade-splade_compare", """{"query": "refund", "documents": [["tea"], 3]}""", "'documents[0]' is a list" },
        { "splade-hybrid_search", """{"question": "refund"}""", "'query' is missing" },
        { "splade-hybrid_search", """{"query": "refund", "mode": "semantic"}""", "'mode' is 'semantic'" },
        { "splade-read_passage", """{"id": "faq/nothing"}""", "no passage with the id" },
        { "splade-delete", """{"id": "faq/refunds"}""", "wasn't defined" },
        { "other-search", """{"query": "refund"}""", "wasn't defined" },
    };

    [Fact]
    public async Task Auto_ModelThatSearchesReadsAndMendsItsMistakes_GetsWhatItNeeds()
    {
        var model = new ScriptedChatCompletionService(
            _ => Call("hybrid_search", """{"query": "When do I get my money back?", "mode": "semantic"}"""),
            history => Call("hybrid_search", $$"""{"query": "When do I get my money back?", "top": 2, "mode": "{{FirstChoice(Last(history))}}"}"""),
            history => Call("read_passage", $$"""{"id": "{{Last(history).GetProperty("hits")[0].GetProperty("id")}}"}"""),
            history => new ChatMessageContent(AuthorRole.Assistant, Last(history).GetProperty("untrusted_text").GetString()));

        ChatMessageContent answer = await model.GetChatMessageContentAsync(
            new ChatHistory("Answer by the handbook."), new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, fixture.Kernel);

        Assert.StartsWith("Refunds take five working days.", answer.Content, StringComparison.Ordinal);
        Assert.Equal(Names, model.Offered.Select(f => f.Name).Order());
    }

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task Auto_WrongCall_ComesBackAsAnErrorThatCanBeRead(string function, string arguments, string error)
    {
        string[] name = function.Split('-');
        var model = new ScriptedChatCompletionService(
            _ => Call(name[1], arguments, name[0]),
            history => new ChatMessageContent(AuthorRole.Assistant, Results(history).Last().Result!.ToString()));

        ChatMessageContent answer = await model.GetChatMessageContentAsync(
            new ChatHistory(), new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, fixture.Kernel);

        Assert.Contains(error, answer.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Content, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task OpenAIConnector_WrongCall_ComesBackAsAnErrorThatCanBeRead(string function, string arguments, string error)
    {
        using var endpoint = new ScriptedOpenAIEndpoint(
            _ => ScriptedOpenAIEndpoint.Call(("1", function, arguments)),
            messages => ScriptedOpenAIEndpoint.Say(messages[^1].GetProperty("content").GetString()!));

        string answer = await AskAsync(endpoint);

        Assert.Contains(error, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAIConnector_PluginThatIsNotSetUpRightly_GivesTheModelNoPath()
    {
        using var endpoint = new ScriptedOpenAIEndpoint(
            _ => ScriptedOpenAIEndpoint.Call(("1", "splade-splade_encode", """{"text": "refund"}""")),
            messages => ScriptedOpenAIEndpoint.Say(messages[^1].GetProperty("content").GetString()!));
        Kernel kernel = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator("/nowhere/at-all").AddSpladePlugin().Build();

        string answer = await AskAsync(endpoint, kernel.Plugins["splade"]);

        Assert.Contains("not set up rightly", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAIConnector_RightCalls_AreAnsweredInCompactJson()
    {
        using var endpoint = new ScriptedOpenAIEndpoint(
            _ => ScriptedOpenAIEndpoint.Call(
                ("1", "splade-hybrid_search", """{"query": "When do I get my money back?", "top": 1}"""),
                ("2", "splade-splade_compare", """{"query": "refund", "documents": ["tea", "money is refunded"]}"""),
                ("3", "splade-splade_expand", """{"query": "refund", "top": "2"}""")),
            messages => ScriptedOpenAIEndpoint.Say(string.Join('\n', messages.TakeLast(3).Select(m => m.GetProperty("content").GetString()))));

        string[] results = (await AskAsync(endpoint)).Split('\n');

        JsonElement found = JsonElement.Parse(results[0]), compared = JsonElement.Parse(results[1]), expanded = JsonElement.Parse(results[2]);
        Assert.StartsWith("""{"note":"Texts, words""", results[0], StringComparison.Ordinal);
        Assert.Equal("faq/refunds", found.GetProperty("hits")[0].GetProperty("id").GetString());
        Assert.Equal("refunds.md", found.GetProperty("hits")[0].GetProperty("untrusted_metadata").GetProperty("source").GetString());
        Assert.False(found.TryGetProperty("error", out _));
        Assert.Equal(1, compared.GetProperty("ranking")[0].GetProperty("index").GetInt32());
        Assert.Equal(2, expanded.GetProperty("added").GetInt32());
        JsonElement search = endpoint.Request.GetProperty("tools").EnumerateArray()
            .Select(t => t.GetProperty("function")).Single(f => f.GetProperty("name").GetString() == "splade-hybrid_search");
        Assert.Equal(30, search.GetProperty("parameters").GetProperty("properties").GetProperty("top").GetProperty("maximum").GetInt32());
        Assert.Equal(["query"], search.GetProperty("parameters").GetProperty("required").EnumerateArray().Select(r => r.GetString()));
    }

    private async Task<string> AskAsync(ScriptedOpenAIEndpoint endpoint, KernelPlugin? plugin = null)
    {
        using var client = new HttpClient(endpoint, disposeHandler: false);
        IKernelBuilder builder = Kernel.CreateBuilder().AddOpenAIChatCompletion("scripted", new Uri("http://localhost/v1"), apiKey: "none", httpClient: client);
        builder.Services.AddSingleton(plugin ?? fixture.Kernel.Plugins["splade"]);
        var arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });
        return (await builder.Build().InvokePromptAsync<string>("When do I get my money back?", arguments))!;
    }

    // As connectors read the arguments of a call.
    private static ChatMessageContent Call(string function, string arguments, string plugin = "splade") => new(
        AuthorRole.Assistant, [new FunctionCallContent(function, plugin, "1", JsonSerializer.Deserialize<KernelArguments>(arguments))]);

    private static IEnumerable<FunctionResultContent> Results(ChatHistory history) => history.SelectMany(m => m.Items.OfType<FunctionResultContent>());

    private static JsonElement Last(ChatHistory history) => JsonElement.Parse(Results(history).Last().Result!.ToString()!);

    // "Give one of hybrid, sparse, dense."
    private static string FirstChoice(JsonElement result) => result.GetProperty("hint").GetString()!.Split(' ')[3].TrimEnd(',');
}
