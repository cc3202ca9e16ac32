using System.CommandLine;
using Splade.AI.Hybrid;
using Splade.Cli.Stores;

namespace RagChat.Terminal;

/// <summary>The options of the program and its help.</summary>
internal static class ChatCommandLine
{
    /// <summary>The first eight passages held the answer to 68 of 70 questions of development, the first five to 65.</summary>
    public const int DefaultTop = 8;

    private const int MaxTop = 20;

    private const string Mode = "--mode";
    private const string Top = "--top";

    private const string Description = """
        Answers questions about a folder of articles, offline: finds passages by sparse and dense search, quotes what answers best, and cites it.

        Without --ask it prompts for questions; /help there lists the commands. Hidden folders, those of tools (node_modules, bin, obj) and links to
        folders are not entered; a link to a file is read if that is in the folder too. What is left out is said.
        Exit codes: 0 answered, or the prompt was left; 1 something failed; 2 the articles do not answer the question of --ask; 130 cancelled.
        """;

    public static RootCommand Create(string defaultFolder, Func<ChatSettings, Task<int>> run)
    {
        var ask = new Option<string?>("--ask", "-a")
        {
            Description = "Answer this question and exit. The answer alone goes to standard output",
            HelpName = "question",
        };
        ask.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>()))
            {
                result.AddError("--ask takes a question, but was given an empty one. Without --ask the program prompts for questions.");
            }
        });
        var folder = new Option<string>("--folder", "-f")
        {
            Description = "Read the .md, .markdown and .txt files of this folder and its subfolders [default: the sample's product handbook]",
            HelpName = "path",
        };
        var store = new Option<string?>("--store", "-s")
        {
            Description = $"Keep the encoded passages: {StoreAddress.Help}; or {ChatSettings.Memory}, which keeps none. Another start encodes only what is "
                + "new, and takes out what is gone [default: an index of the folder among your own data]",
            HelpName = "address",
        };
        var command = new RootCommand(Description) { ask, folder, store, ModeOption(), TopOption() };
        command.SetAction(result => run(new ChatSettings(
            result.GetValue(ask),
            result.GetValue(folder) ?? defaultFolder,
            result.GetValue<SearchMode>(Mode),
            result.GetValue<int>(Top),
            result.GetValue(store))));
        return command;
    }

    private static Option<SearchMode> ModeOption() => new(Mode, "-m")
    {
        Description = "Search by words and what they imply (sparse), by meaning (dense), or by both (hybrid)",
        HelpName = "sparse|dense|hybrid",
        DefaultValueFactory = _ => SearchMode.Hybrid,
        CustomParser = argument =>
        {
            if (!ModeName.TryParse(argument.Tokens[0].Value, out SearchMode mode))
            {
                argument.AddError($"{Mode} is {ModeName.Choice}, but was given '{argument.Tokens[0].Value}'.");
            }

            return mode;
        },
    };

    private static Option<int> TopOption() => new(Top, "-t")
    {
        Description = $"How many passages an answer is made from, 1 to {MaxTop}",
        HelpName = "number",
        DefaultValueFactory = _ => DefaultTop,
        CustomParser = argument =>
        {
            if (!int.TryParse(argument.Tokens[0].Value, out int top) || top is < 1 or > MaxTop)
            {
                argument.AddError($"{Top} takes a number from 1 to {MaxTop}, but was given '{argument.Tokens[0].Value}'.");
            }

            return top;
        },
    };
}
