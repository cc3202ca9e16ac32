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

    public static RootCommand Create() => new(Description)
    {
        EncodeCommand.Create(),
        TokenizeCommand.Create(),
        ExplainCommand.Create(),
        CompareCommand.Create(),
        IndexCommand.Create(),
        SearchCommand.Create(),
        RerankCommand.Create(),
        EvalCommand.Create(),
        AgreementCommand.Create(),
        GoldenCommand.Create(),
        DoctorCommand.Create(),
        ModelsCommand.Create(),
        PullCommand.Create(),
        ExportCommand.Create(),
        ServeCommand.Create(),
    };
}
