using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Splade.SemanticKernel.Tests.TestDoubles;

/// <summary>
/// A chat service that plays a language model: each step of the script answers the conversation so far, and what it calls is called as
/// connectors do it, if the function choice behaviour offers it.
/// </summary>
internal sealed class ScriptedChatCompletionService(params Func<ChatHistory, ChatMessageContent>[] script) : IChatCompletionService
{
    private int _step;

    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

    /// <summary>The functions that were offered in the last request.</summary>
    public IReadOnlyList<KernelFunction> Offered { get; private set; } = [];

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FunctionChoiceBehaviorConfiguration choice = executionSettings!.FunctionChoiceBehavior!.GetConfiguration(
                new FunctionChoiceBehaviorConfigurationContext(chatHistory) { Kernel = kernel, RequestSequenceIndex = _step });
            Offered = choice.Functions ?? [];
            ChatMessageContent answer = script[_step++](chatHistory);
            FunctionCallContent[] calls = [.. FunctionCallContent.GetFunctionCalls(answer)];
            if (calls.Length == 0 || !choice.AutoInvoke)
            {
                return [answer];
            }

            chatHistory.Add(answer);
            foreach (FunctionCallContent call in calls)
            {
                chatHistory.Add((await InvokeAsync(call, kernel!, cancellationToken)).ToChatMessage());
            }
        }
    }

    public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The script is not streamed.");

    private async Task<FunctionResultContent> InvokeAsync(FunctionCallContent call, Kernel kernel, CancellationToken cancellationToken) =>
        Offered.Any(f => f.PluginName == call.PluginName && f.Name == call.FunctionName)
            ? await call.InvokeAsync(kernel, cancellationToken)
            : new FunctionResultContent(call, "Error: Function call request for a function that wasn't defined.");
}
