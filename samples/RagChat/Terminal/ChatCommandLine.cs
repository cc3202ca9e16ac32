using System.CommandLine;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>The options of the program and its help.</summary>
internal static class ChatCommandLine
{
    /// <summary>Five passages hold the answer almost always, and scoring their sentences takes a moment at most.</summary>
    private const int DefaultTop = 5;

    private const int MaxTop = 20;

    private const string Description = """
        Answers questions about a folder of articles, offline: finds passages by sparse and dense search, quotes what answers best, and cites it.

        Without --ask it prompts for questions; /help there lists the commands.
        Exit codes: 0 answered, or the prompt was left; 1 something failed; 2 the articles do not answer the question of --ask; 130 cancelled.
        """;

    public static RootCommand Create(string defaultFolder, Func<ChatSettings, Task<int>> run)
    {
        var ask = new Option<string?>("--ask", "-a") { Description = "Answer this question and exit. The answer alone goes to standard output", HelpName = "question" };
        var folder = new Option<string>("--folder", "-f")
        {
            Description = "Read the .md and .txt files of this folder and its subfolders [default: the sample's product handbook]",
            HelpName = "path",
        };
        var mode = new Option<SearchMode>("--mode", "-m")
        {
            Description = "Search by words and what they imply (sparse), by meaning (dense), or by both (hybrid) [default: hybrid]",
            HelpName = "sparse|dense|hybrid",
        };
        var command = new RootCommand(Description) { ask, folder, mode, TopOption() };
        command.SetAction(result => run(new ChatSettings(
            result.GetValue(ask), result.GetValue(folder) ?? defaultFolder, result.GetValue(mode), result.GetValue<int>("--top"))));
        return command;
    }

    private static Option<int> TopOption()
    {
        var top = new Option<int>("--top", "-t")
        {
            Description = $"How many passages an answer is made from, 1 to {MaxTop}",
            HelpName = "number",
            DefaultValueFactory = _ => DefaultTop,
        };
        top.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxTop)
            {
                result.AddError($"--top takes a number from 1 to {MaxTop}.");
            }
        });
        return top;
    }
}
