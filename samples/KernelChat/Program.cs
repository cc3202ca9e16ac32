using KernelChat;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using RagChat.Stores;
using Splade.AI;
using Splade.AI.Display;
using Splade.AI.Hybrid;
using Splade.AI.Tools;

// Questions to a folder of Markdown files, answered by a model that calls the search by itself:
//   dotnet run --project samples/KernelChat -c Release -- "How long do refunds take?"
//   dotnet run --project samples/KernelChat -c Release -- --folder ./my-notes        then a question on each line
//   dotnet run --project samples/KernelChat -c Release -- --store embedded:./my-index      or in Qdrant or PostgreSQL: a later start encodes nothing
// With KERNELCHAT_ENDPOINT and KERNELCHAT_MODEL the model is one behind any endpoint that speaks as OpenAI's does, with KERNELCHAT_KEY as its key.
// Without, it is a script that works offline: it searches, reads the best passage and quotes from it.
const string Instructions =
    """
    You answer questions about a handbook. Search it first, and read a passage where its excerpt is not enough. Answer only from what you found,
    and cite the source of each statement in square brackets, for example [refunds.md]. Say so if the handbook does not tell.
    """;
if (ChatArguments.Parse(args) is not { } asked)
{
    Console.Error.WriteLine(ChatArguments.Usage);
    return 2;
}

string content = AppContext.BaseDirectory;
string folder = asked.Folder ?? Path.Combine(content, "Corpus");

try
{
    // 1. A store for the vectors of two models that run here, and a kernel with these and the plugin over all three. No model is loaded yet.
    await using IHybridStore store = await FolderStore.OpenAsync(asked.Store);
    IKernelBuilder builder = Kernel.CreateBuilder()
        .AddSpladeEmbeddingGenerator(Path.Combine(content, "models", "splade-tiny"))
        .AddSpladeDenseEmbeddingGenerator(Path.Combine(content, "models", "all-minilm-l6-v2-int8"))
        .AddSpladeHybridRetriever(store)
        .AddSpladePlugin(new SpladeAIToolsOptions { CorpusDescription = "a folder of Markdown files, the handbook", ExcerptLength = 600 });
    ChatModel.AddTo(builder);
    Kernel kernel = builder.Build();
    await using var services = (IAsyncDisposable)kernel.Services;

    // 2. The files, in chunks that both models read to their end. What the store has already is not encoded again.
    HybridText[] passages = [.. await MarkdownFolder.ReadAsync(folder, kernel.GetRequiredService<SpladeEngine>(), Console.Error)];
    var kept = new FolderStore(store, kernel.GetRequiredService<HybridRetriever>(), nameof(KernelChat));
    (HybridAddResult added, long removed) = await kept.FillAsync(passages);
    string counts = $"{added.Added} encoded, {added.Unchanged} there already, {removed} taken out";
    Console.Error.WriteLine($"{passages.Length} passages of {folder}: {counts}, {added.SparseTruncated + added.DenseTruncated} of them cut");

    // 3. Question and answer. What the model calls, the kernel calls.
    var chat = kernel.GetRequiredService<IChatCompletionService>();
    var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
    var history = new ChatHistory(Instructions);
    foreach (string question in asked.Questions(Console.In))
    {
        history.AddUserMessage(question);
        int before = history.Count;
        ChatMessageContent answer = await chat.GetChatMessageContentAsync(history, settings, kernel);
        foreach (FunctionCallContent call in history.Skip(before).SelectMany(m => m.Items.OfType<FunctionCallContent>()))
        {
            string given = string.Join(", ", call.Arguments?.Select(a => $"{a.Key}: {(a.Value is string[] texts ? $"{texts.Length} texts" : a.Value)}") ?? []);
            Console.Error.WriteLine(TerminalText.CleanLine($"called {call.PluginName}.{call.FunctionName} {given}"));
        }

        Console.WriteLine(TerminalText.Clean(answer.Content ?? ""));
        history.Add(answer);
    }

    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or SpladeModelException or KernelException
    or HttpOperationException or UriFormatException or HybridStoreException)
{
    Console.Error.WriteLine($"KernelChat: {TerminalText.CleanLine(e.Message)}");
    return 1;
}
