using Microsoft.Extensions.AI;
using RagChat.Answering;
using RagChat.Chat;
using RagChat.Documents;
using RagChat.Files;
using RagChat.Stores;
using Splade.AI;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>Runs the program and turns what can go wrong into a message and an exit code.</summary>
internal sealed class ChatApplication(ChatSettings settings, string modelsFolder, Consoles consoles, TextReader input)
{
    private readonly StatusView _status = new(consoles.Status);

    /// <summary>Whether the passages are in the index of the folder.</summary>
    private bool _isKept;

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
        // 1. Read the files and open the store, first of all: a mistyped folder or address is reported at once.
        FolderContents files = await cancelKey.RunAsync(token => FolderReader.ReadAsync(settings.Folder, limits: null, token));
        await using IHybridStore? named = settings.IndexPath is null
            ? await cancelKey.RunAsync(token => FolderStore.OpenAsync(settings.Store == ChatSettings.Memory ? null : settings.Store, token))
            : null;

        // 2. Load the two models. The articles are made of the files meanwhile.
        var reading = Task.Run(() => ArticleReader.Read(files, default));
        await using EmbeddedModels models = await _status.WhileLoadingAsync(() =>
            cancelKey.RunAsync(token => EmbeddedModels.LoadAsync(modelsFolder, token)));
        ArticleCollection found = await reading;
        _status.Skipped(found.Skipped);
        _status.Skipped(found.Remarks);

        // 3. Split the articles into passages, and encode those that the store does not have. In memory it has none.
        await using IHybridStore? index = settings.IndexPath is string path ? await OpenIndexAsync(path, models, cancelKey) : null;
        IHybridStore store = (named ?? index)!;
        PassageLibrary library = await _status.WhileEncodingAsync(progress => cancelKey.RunAsync(token =>
            PassageLibrary.BuildAsync(found.Articles, models.CreateSplitter(), store, models.CreateRetriever(store), progress, token)));
        Report(library);

        // 4. Answer from them. Any other chat client can take the place of this one, which looks at the passages' vectors again.
        var sparse = new KnownVectors<SparseEmbedding>(models.Sparse);
        var dense = new KnownVectors<Embedding<float>>(models.Dense);
        using var chat = new ExtractiveChatClient(sparse, dense);
        var assistant = new RagAssistant(library, chat, source =>
        {
            sparse.Tell(source.Hit.Record.Text, new SparseEmbedding(source.Hit.Record.Sparse));
            dense.Tell(source.Hit.Record.Text, new Embedding<float>(source.Hit.Record.Dense));
        });
        if (settings.Question is string question)
        {
            return await AnswerOnceAsync(question, assistant, cancelKey);
        }

        await new ChatSession(assistant, models.ExplainAsync, settings, consoles.Answers, input, cancelKey).RunAsync();
        return ExitCodes.Done;
    }

    private async Task<IHybridStore> OpenIndexAsync(string path, EmbeddedModels models, CancelKey cancelKey)
    {
        (IHybridStore store, string? obstacle) = await cancelKey.RunAsync(token => LocalIndex.OpenAsync(path, models.Schema, token));
        if (obstacle is not null)
        {
            _status.NotIndexed(obstacle);
        }

        _isKept = obstacle is null;
        return store;
    }

    private void Report(PassageLibrary library)
    {
        if (settings.Store is not (null or ChatSettings.Memory))
        {
            _status.Stored(library.Added, library.Removed);
        }
        else if (_isKept)
        {
            _status.Indexed(library.Added, library.Removed, settings.IndexPath!);
        }

        _status.Truncated(library.Truncated);
    }

    private async Task<int> AnswerOnceAsync(string question, RagAssistant assistant, CancelKey cancelKey)
    {
        RagAnswer answer = await cancelKey.RunAsync(token => assistant.AskAsync(question, settings.Mode, settings.Top, token));
        AnswerView.Write(consoles.Answers, answer);
        AnswerView.WriteRemarks(consoles.Status, answer);
        return answer.IsGrounded ? ExitCodes.Done : ExitCodes.Unknown;
    }
}
