using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A chat client that plays a language model: each step of the script answers the conversation so far.</summary>
internal sealed class ScriptedChatClient(params Func<IReadOnlyList<ChatMessage>, ChatMessage>[] script) : IChatClient
{
    private int _step;

    /// <summary>The functions that were offered in the last request.</summary>
    public IReadOnlyList<AITool> Offered { get; private set; } = [];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Offered = [.. options?.Tools ?? []];
        return Task.FromResult(new ChatResponse(script[_step++]([.. messages])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The script is not streamed.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
