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

        // 2. Load the two models. Meanwhile the articles are made of the files, and the indexes are opened.
        var reading = Task.Run(() => ArticleReader.Read(files, default));
        await using LocalIndex? index = settings.IndexPath is string path ? new LocalIndex(path, FolderStore.Schema) : null;
        await using LocalIndex? ofStatements = settings.IndexPath is null ? null : new LocalIndex($"{settings.IndexPath}-statements", FolderStore.Schema);
        await using EmbeddedModels models = await _status.WhileLoadingAsync(() =>
            cancelKey.RunAsync(token => EmbeddedModels.LoadAsync(modelsFolder, token)));
        ArticleCollection found = await reading;
        _status.Skipped(found.Skipped);
        _status.Skipped(found.Remarks);

        // 3. Split the articles into passages, and encode those that the store does not have. In memory it has none.
        IHybridStore store = index is null ? named! : await index.OpenForAsync(models.Identity);
        Report(index);
        PassageLibrary library = await _status.WhileEncodingAsync("passages", progress => cancelKey.RunAsync(token =>
            PassageLibrary.BuildAsync(found.Articles, models.CreateSplitter(), store, models.CreateRetriever(store), progress, token)));
        Report(library);

        // 4. Answer from them. Any other chat client can take the place of this one, which looks at the vectors of passages and statements.
        StatementStore? statements = ofStatements is null ? null : await OpenAsync(ofStatements, models);
        var sparse = new KnownVectors<SparseEmbedding>(models.Sparse);
        var dense = new KnownVectors<Embedding<float>>(models.Dense);
        using var chat = new ExtractiveChatClient(sparse, dense);
        var assistant = new RagAssistant(library, chat, async (sources, token) =>
        {
            IReadOnlyList<HybridRecord> said = statements is null ? [] : await statements.FindAsync(sources.Select(source => source.Passage), token);
            foreach (HybridRecord record in sources.Select(source => source.Hit.Record).Concat(said))
            {
                sparse.Tell(record.Text, new SparseEmbedding(record.Sparse));
                dense.Tell(record.Text, new Embedding<float>(record.Dense));
            }
        });
        if (settings.Question is string question)
        {
            int exitCode = await AnswerOnceAsync(question, assistant, cancelKey);
            await KeepAsync(statements, library, cancelKey);
            return exitCode;
        }

        await new ChatSession(assistant, models.ExplainAsync, settings, consoles.Answers, input, cancelKey).RunAsync();
        return ExitCodes.Done;
    }

    /// <returns>Null if the statements cannot be kept: they are encoded for each answer then.</returns>
    private static async Task<StatementStore?> OpenAsync(LocalIndex index, EmbeddedModels models)
    {
        IHybridStore store = await index.OpenForAsync(models.Identity);
        return index.Obstacle is null ? new StatementStore(store, models.CreateRetriever(store)) : null;
    }

    /// <summary>Encodes what the answers of the next starts are made of, while this one is read.</summary>
    private async Task KeepAsync(StatementStore? statements, PassageLibrary library, CancelKey cancelKey)
    {
        if (statements is not null)
        {
            await _status.WhileEncodingAsync("statements", progress => cancelKey.RunAsync(token =>
                statements.FillAsync(library.Passages, library.Added.Added > 0 || library.Removed > 0, progress, token)));
        }
    }

    private void Report(LocalIndex? index)
    {
        _isKept = index is { Obstacle: null };
        if (index?.Obstacle is string obstacle)
        {
            _status.NotIndexed(obstacle);
        }
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
