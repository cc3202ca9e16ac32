using System.Runtime.CompilerServices;
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
        var found = await CallAsync<SpladeSearchResult>("search", new() { ["query"] = question, ["top"] = 3 });
        var sentences = new List<(string Text, string Source)>();
        foreach (FoundPassage passage in found.Hits ?? [])
        {
            var read = await CallAsync<SpladePassageResult>("read_passage", new() { ["id"] = passage.Id });
            string source = read.Metadata?.GetValueOrDefault("source") ?? passage.Id;
            sentences.AddRange(Sentences.Of(read.UntrustedText ?? passage.UntrustedText).Select(sentence => (sentence, source)));
        }

        if (sentences.Count == 0)
        {
            return [Answer(found.Error ?? NothingFound)];
        }

        // As many as the function takes in one call.
        string[] texts = [.. sentences.Select(sentence => sentence.Text).Take(new SpladeAIToolsOptions().MaxDocuments)];
        var compared = await CallAsync<SpladeCompareResult>("compare", new() { ["query"] = question, ["documents"] = texts, ["top"] = 1 });
        return [Answer(compared.Ranking switch
        {
            // The warning says that no word of the question stands in the sentence.
            [{ Warning: null, Score: >= LeastScore } best, ..] => $"{texts[best.Index]} [{sentences[best.Index].Source}]",
            _ => compared.Error ?? NothingFound,
        })];

        // As a connector does it: the call and its result become messages, and only what the settings offer is called.
        async Task<TResult> CallAsync<TResult>(string function, KernelArguments arguments)
            where TResult : SpladeToolResult
        {
            FunctionChoiceBehaviorConfiguration? offered = executionSettings?.FunctionChoiceBehavior?.GetConfiguration(
                new FunctionChoiceBehaviorConfigurationContext(chatHistory) { Kernel = kernel });
            KernelFunction chosen = offered?.Functions?.FirstOrDefault(f => f.Name == function)
                ?? throw new KernelException($"The script needs the function '{function}', which the settings do not offer.");
            var call = new FunctionCallContent(chosen.Name, chosen.PluginName, $"call-{chatHistory.Count}", arguments);
            chatHistory.Add(new ChatMessageContent(AuthorRole.Assistant, [call]));
            FunctionResultContent result = await call.InvokeAsync(kernel, cancellationToken);
            chatHistory.Add(result.ToChatMessage());
            return (TResult)result.Result!;
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

    private static ChatMessageContent Answer(string text) => new(AuthorRole.Assistant, text);
}
