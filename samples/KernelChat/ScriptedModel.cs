using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Splade.AI.Tools;

namespace KernelChat;

/// <summary>
/// Plays a model that calls functions: searches for the question, reads the best passages, and quotes the sentence of them that matches best, if
/// it matches well enough. It understands nothing, but all calls go through the kernel as those of a real model do.
/// </summary>
internal sealed class ScriptedModel : IChatCompletionService
{
    private const string NothingFound = "The handbook does not tell.";

    /// <summary>What the best sentence of the handbook has at least, by the sparse model of the sample, for a question that it answers.</summary>
    private const double LeastScore = 8;

    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        string question = chatHistory.Last(m => m.Role == AuthorRole.User).Content ?? "";
        JsonElement found = await CallAsync("hybrid_search", new() { ["query"] = question, ["top"] = 3 });
        var sentences = new List<(string Text, string Source)>();
        foreach (JsonElement passage in ListOf(found, "hits"))
        {
            string? id = TextOf(passage, "id");
            JsonElement read = await CallAsync("read_passage", new() { ["id"] = id });
            string? source = read.TryGetProperty("untrusted_metadata", out JsonElement known) ? TextOf(known, "source") : null;
            string text = TextOf(read, "untrusted_text") ?? TextOf(passage, "untrusted_text") ?? "";
            sentences.AddRange(Sentences.Of(text).Select(sentence => (sentence, source ?? id ?? "")));
        }

        if (sentences.Count == 0)
        {
            return [Answer(TextOf(found, "error") ?? NothingFound)];
        }

        // As many as the function takes in one call.
        string[] texts = [.. sentences.Select(sentence => sentence.Text).Take(new SpladeAIToolsOptions().MaxDocuments)];
        JsonElement compared = await CallAsync("splade_compare", new() { ["query"] = question, ["documents"] = texts, ["top"] = 1 });
        JsonElement best = ListOf(compared, "ranking").FirstOrDefault();

        // The warning says that no word of the question stands in the sentence.
        bool answers = best.ValueKind == JsonValueKind.Object && TextOf(best, "warning") is null && best.GetProperty("score").GetDouble() >= LeastScore;
        int place = answers ? best.GetProperty("index").GetInt32() : 0;
        return [Answer(answers ? $"{texts[place]} [{sentences[place].Source}]" : TextOf(compared, "error") ?? NothingFound)];

        // As a connector does it: the call and its result become messages, and only what the settings offer is called.
        async Task<JsonElement> CallAsync(string function, KernelArguments arguments)
        {
            FunctionChoiceBehaviorConfiguration? offered = executionSettings?.FunctionChoiceBehavior?.GetConfiguration(
                new FunctionChoiceBehaviorConfigurationContext(chatHistory) { Kernel = kernel });
            KernelFunction chosen = offered?.Functions?.FirstOrDefault(f => f.Name == function)
                ?? throw new KernelException($"The script needs the function '{function}', which the settings do not offer.");
            var call = new FunctionCallContent(chosen.Name, chosen.PluginName, $"call-{chatHistory.Count}", arguments);
            chatHistory.Add(new ChatMessageContent(AuthorRole.Assistant, [call]));
            FunctionResultContent result = await call.InvokeAsync(kernel, cancellationToken);
            chatHistory.Add(result.ToChatMessage());
            return (JsonElement)result.Result!;
        }
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatMessageContent answer in await GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken))
        {
            yield return new StreamingChatMessageContent(answer.Role, answer.Content);
        }
    }

    private static JsonElement[] ListOf(JsonElement result, string name) =>
        result.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray()] : [];

    private static string? TextOf(JsonElement result, string name) => result.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static ChatMessageContent Answer(string text) => new(AuthorRole.Assistant, text);
}
