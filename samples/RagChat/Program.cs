using System.CommandLine;
using RagChat.Terminal;

// Questions to a folder of articles, answered offline by hybrid sparse and dense search. ChatApplication tells the story in four steps.
string content = AppContext.BaseDirectory;
RootCommand command = ChatCommandLine.Create(
    defaultFolder: Path.Combine(content, "Corpus"),
    settings => new ChatApplication(settings, Path.Combine(content, "models"), Consoles.OfProcess(), Console.In).RunAsync());

// Ctrl+C is the application's own: it ends a search, not the program.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
