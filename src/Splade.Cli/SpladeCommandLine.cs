using System.CommandLine;
using Splade.Cli.Commands;

namespace Splade.Cli;

/// <summary>All commands of the program, and its help.</summary>
internal static class SpladeCommandLine
{
    private const string Description = """
        Learned sparse retrieval (SPLADE) on ONNX Runtime: texts become sparse vectors over a model's vocabulary.

        FOLDER is a model's folder in the layout of Sentence Transformers with an ONNX file or weights in it, or the name of a model
        (owner/name) that is in the local Hugging Face cache. Only `splade pull` uses the network; `splade serve` listens on it.
        encode, explain, eval and serve take BM42 and BGE-M3 too, told by their folders, and bm25, which needs none.

        Results go to standard output, and everything else to standard error. Texts are UTF-8, one per line.
        A line that begins with { is a JSON object with "text" and optionally "title", which is put before it; any other line is a text.
        The "id" or "_id" of an object comes back with its result. An empty line is an empty text.

        Exit codes: 0 done, or the reader of the output closed it; 1 failed; 2 wrong usage; 130 cancelled (Ctrl+C).
        """;

    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("encode", EncodeCommand.Create),
        ("tokenize", TokenizeCommand.Create),
        ("explain", ExplainCommand.Create),
        ("compare", CompareCommand.Create),
        ("index", IndexCommand.Create),
        ("search", SearchCommand.Create),
        ("rerank", RerankCommand.Create),
        ("eval", EvalCommand.Create),
        ("agreement", AgreementCommand.Create),
        ("golden", GoldenCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("models", ModelsCommand.Create),
        ("pull", PullCommand.Create),
        ("export", ExportCommand.Create),
        ("serve", ServeCommand.Create),
    ];

    /// <summary>The commands that some arguments need: the one that the first names, else all. Making all takes a tenth of a second.</summary>
    public static RootCommand Create(params string[] arguments)
    {
        int named = arguments is [string first, ..] ? Array.FindIndex(Commands, command => command.Name == first) : -1;
        var root = new RootCommand(Description);
        foreach ((_, Func<Command> create) in named < 0 ? Commands : Commands.AsSpan(named, 1))
        {
            root.Subcommands.Add(create());
        }

        return root;
    }
}
