using RagChat.Answering;
using RagChat.Chat;
using RagChat.Documents;
using RagChat.Stores;
using Splade.AI;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>Runs the program and turns what can go wrong into a message and an exit code.</summary>
internal sealed class ChatApplication(ChatSettings settings, string modelsFolder, Consoles consoles, TextReader input)
{
    private readonly StatusView _status = new(consoles.Status);

    public async Task<int> RunAsync()
    {
        try
        {
            using var cancelKey = new CancelKey();
            return await RunAsync(cancelKey);
        }
        catch (OperationCanceledException)
        {
            _status.Cancelled();
            return ExitCodes.Cancelled;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or SpladeModelException or HybridStoreException)
        {
            _status.Failed(e.Message);
            return ExitCodes.Failed;
        }
    }

    private async Task<int> RunAsync(CancelKey cancelKey)
    {
        // 1. Read the articles and open the store, first of all: a mistyped folder or address is reported at once.
        ArticleCollection found = await cancelKey.RunAsync(token => ArticleReader.ReadAsync(settings.Folder, token));
        _status.Skipped(found.Skipped);
        _status.Skipped(found.Remarks);
        await using IHybridStore store = await cancelKey.RunAsync(token => FolderStore.OpenAsync(settings.Store, token));

        // 2. Load the two models.
        await using EmbeddedModels models = await _status.WhileLoadingAsync(() =>
            cancelKey.RunAsync(token => EmbeddedModels.LoadAsync(modelsFolder, token)));

        // 3. Split the articles into passages, and encode those that the store does not have. In memory it has none.
        PassageLibrary library = await _status.WhileEncodingAsync(progress => cancelKey.RunAsync(token =>
            PassageLibrary.BuildAsync(found.Articles, models.CreateSplitter(), store, models.CreateRetriever(store), progress, token)));
        if (settings.Store is not null)
        {
            _status.Stored(library.Added, library.Removed);
        }

        _status.Truncated(library.Truncated);

        // 4. Answer from them. Any other chat client can take the place of this one.
        using var chat = new ExtractiveChatClient(models.Sparse, models.Dense);
        var assistant = new RagAssistant(library, chat);
        if (settings.Question is string question)
        {
            return await AnswerOnceAsync(question, assistant, cancelKey);
        }

        await new ChatSession(assistant, models.ExplainAsync, settings, consoles.Answers, input, cancelKey).RunAsync();
        return ExitCodes.Done;
    }

    private async Task<int> AnswerOnceAsync(string question, RagAssistant assistant, CancelKey cancelKey)
    {
        RagAnswer answer = await cancelKey.RunAsync(token => assistant.AskAsync(question, settings.Mode, settings.Top, token));
        AnswerView.Write(consoles.Answers, answer);
        AnswerView.WriteRemarks(consoles.Status, answer);
        return answer.IsGrounded ? ExitCodes.Done : ExitCodes.Unknown;
    }
}
