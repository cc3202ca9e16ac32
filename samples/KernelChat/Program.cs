using KernelChat;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Splade.AI;
using Splade.AI.Display;
using Splade.AI.Hybrid;
using Splade.AI.Tools;

// Questions to a folder of Markdown files, answered by a model that calls the search by itself:
//   dotnet run --project samples/KernelChat -c Release -- "How long do refunds take?"
//   dotnet run --project samples/KernelChat -c Release -- --folder ./my-notes        then a question on each line
// With KERNELCHAT_ENDPOINT and KERNELCHAT_MODEL the model is one behind any endpoint that speaks as OpenAI's does, with KERNELCHAT_KEY as its key.
// Without, it is a script that works offline: it searches, reads the best passage and quotes from it.
const string Instructions =
    """
    You answer questions about a handbook. Search it first, and read a passage where its excerpt is not enough. Answer only from what you found,
    and cite the source of each statement in square brackets, for example [refunds.md]. Say so if the handbook does not tell.
    """;
if (args is ["--folder"] or ["--folder", "", ..] || (args is [.., var last] && string.IsNullOrWhiteSpace(last)))
{
    Console.Error.WriteLine("Usage: KernelChat [--folder FOLDER] [QUESTION]");
    return 2;
}

string content = AppContext.BaseDirectory;
string folder = args is ["--folder", string named, ..] ? named : Path.Combine(content, "Corpus");
string question = string.Join(' ', args is ["--folder", ..] ? args.Skip(2) : args);

try
{
    // 1. A kernel with two models that run here, a store, and the plugin over all three. Nothing is loaded yet.
    IKernelBuilder builder = Kernel.CreateBuilder()
        .AddSpladeEmbeddingGenerator(Path.Combine(content, "models", "splade-tiny"))
        .AddSpladeDenseEmbeddingGenerator(Path.Combine(content, "models", "all-minilm-l6-v2-int8"))
        .AddSpladeHybridRetriever(EmbeddedHybridStore.CreateInMemory())
        .AddSpladePlugin(new SpladeAIToolsOptions { CorpusDescription = "a folder of Markdown files, the handbook", ExcerptLength = 600 });
    ChatModel.AddTo(builder);
    Kernel kernel = builder.Build();
    await using var services = (IAsyncDisposable)kernel.Services;

    // 2. The files, in chunks that both models read to their end.
    HybridRetriever retriever = kernel.GetRequiredService<HybridRetriever>();
    HybridAddResult added = await retriever.AddAsync(await MarkdownFolder.ReadAsync(folder, kernel.GetRequiredService<SpladeEngine>(), Console.Error));
    Console.Error.WriteLine($"{added.Added} passages of {folder}, {added.SparseTruncated + added.DenseTruncated} of them cut");

    // 3. Question and answer. What the model calls, the kernel calls.
    var chat = kernel.GetRequiredService<IChatCompletionService>();
    var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
    var history = new ChatHistory(Instructions);
    foreach (string asked in question.Length > 0 ? [question] : QuestionsOf(Console.In).Where(line => line.Length > 0))
    {
        history.AddUserMessage(asked);
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
    or HttpOperationException or UriFormatException)
{
    Console.Error.WriteLine($"KernelChat: {TerminalText.CleanLine(e.Message)}");
    return 1;
}

static IEnumerable<string> QuestionsOf(TextReader input)
{
    while (input.ReadLine()?.Trim() is string line)
    {
        yield return line;
    }
}
