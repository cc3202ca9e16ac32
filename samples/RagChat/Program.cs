using System.CommandLine;
using System.CommandLine.Invocation;
using RagChat.Terminal;

// Questions to a folder of articles, answered offline by hybrid sparse and dense search. ChatApplication tells the story in four steps.
string content = AppContext.BaseDirectory;
RootCommand command = ChatCommandLine.Create(
    defaultFolder: Path.Combine(content, "Corpus"),
    settings => new ChatApplication(settings, Path.Combine(content, "models"), Consoles.OfProcess(), Console.In).RunAsync());

ParseResult parsed = command.Parse(args);
if (parsed.Action is ParseErrorAction error)
{
    error.ShowHelp = false;
}

// Ctrl+C is the application's own: it ends a search, not the program.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
