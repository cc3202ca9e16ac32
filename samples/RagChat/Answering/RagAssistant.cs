using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;

namespace RagChat.Answering;

/// <summary>Answers questions: finds passages, and has a chat client answer from them. Safe for concurrent use if the client is.</summary>
/// <param name="library">Where passages are found.</param>
/// <param name="chat">What answers from them.</param>
/// <param name="found">Told of the passages of a question before the client is asked, which waits for it; null for nobody.</param>
internal sealed class RagAssistant(PassageLibrary library, IChatClient chat, Func<IReadOnlyList<Source>, CancellationToken, Task>? found = null)
{
    public PassageLibrary Library => library;

    public async Task<RagAnswer> AskAsync(string question, SearchMode mode, int top, CancellationToken cancellationToken = default)
    {
        Retrieval retrieval = await library.SearchAsync(question, mode, top, cancellationToken);
        if (found is not null)
        {
            await found(retrieval.Sources, cancellationToken);
        }

        IList<ChatMessage> messages = GroundedPrompt.ToMessages(question, retrieval.Sources.Select(s => s.Passage));
        ChatResponse response = await chat.GetResponseAsync(messages, cancellationToken: cancellationToken);
        return new RagAnswer(response.Text, CitedIn(response.Text, retrieval.Sources), retrieval);
    }

    private static Source[] CitedIn(string text, IReadOnlyList<Source> sources) =>
    [
        .. sources
            .Select(source => (Source: source, At: text.IndexOf(source.Passage.Citation, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At)
            .Select(found => found.Source),
    ];
}
