using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Splade.SemanticKernel.Tests.TestDoubles;

/// <summary>An endpoint that speaks as OpenAI's does: each step of the script answers the messages so far with an assistant's message.</summary>
internal sealed class ScriptedOpenAIEndpoint(params Func<IReadOnlyList<JsonElement>, JsonObject>[] script) : HttpMessageHandler
{
    private int _step;

    /// <summary>The last request.</summary>
    public JsonElement Request { get; private set; }

    /// <summary>A message that calls functions.</summary>
    public static JsonObject Call(params (string Id, string Function, string Arguments)[] calls) => new()
    {
        ["role"] = "assistant",
        ["content"] = null,
        ["tool_calls"] = new JsonArray([.. calls.Select(c => (JsonNode)new JsonObject
        {
            ["id"] = c.Id,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = c.Function, ["arguments"] = c.Arguments },
        })]),
    };

    /// <summary>A message that answers.</summary>
    public static JsonObject Say(string text) => new() { ["role"] = "assistant", ["content"] = text };

    /// <summary>The answer to a request.</summary>
    public string Answer(string request)
    {
        Request = JsonElement.Parse(request);
        JsonObject message = script[_step++]([.. Request.GetProperty("messages").EnumerateArray()]);
        return new JsonObject
        {
            ["id"] = $"answer-{_step}",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "scripted",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["finish_reason"] = message.ContainsKey("tool_calls") ? "tool_calls" : "stop",
                ["message"] = message,
            }),
        }.ToJsonString();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string answer = Answer(await request.Content!.ReadAsStringAsync(cancellationToken));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
    }
}
