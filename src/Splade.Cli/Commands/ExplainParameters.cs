using System.CommandLine;
using System.CommandLine.Parsing;
using Splade.AI;
using Splade.AI.Explanation;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The arguments and options of `splade explain`.</summary>
internal sealed class ExplainParameters
{
    /// <summary>A query and a document.</summary>
    private const int Pair = 2;

    private readonly Argument<string> _folder = Parameters.SparseFolder();

    private readonly Argument<string[]> _texts = new("text")
    {
        Description = "One text to explain, or a query and a document whose match is explained. Without any, texts are read from --input",
        Arity = new ArgumentArity(0, Pair),
    };

    private readonly Option<string> _input = Parameters.Input();
    private readonly Option<string> _output = Parameters.Output();
    private readonly Option<bool> _json = Parameters.Json("Write one line of JSON for each text, or for the match");

    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write the explanation as a page of HTML to this file too, or to standard output (-) and nothing else there",
        HelpName = "FILE",
    };

    private readonly Option<bool> _query = new("--query") { Description = "Explain the texts as queries [default: as documents]" };

    private readonly Option<int?> _top = Parameters.Number("--top", "N", least: 1, "List the N most important terms [default: all in JSON, else 20]");

    private readonly Option<int?> _runnersUp = Parameters.Number(
        "--runners-up", "N", least: 0, "Name N more places for each term, beside the one that gave it most [default: 0]");

    private readonly Option<bool> _noSpans = new("--no-spans") { Description = "Do not look for the places that terms come from, which is faster" };

    private readonly Option<ColorMode> _color = new("--color")
    {
        Description = "Use colours always, never, or in terminals where NO_COLOR is not set (auto) [default: auto]",
        HelpName = "auto|always|never",
    };

    private readonly Option<Precision> _precision = Parameters.Precision();
    private readonly Option<string?> _policy = Parameters.Policy();
    private readonly LongTextParameters _longTexts = new("which explains all of it: max and passages are the same here");
    private readonly EngineParameters _engine = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_folder);
        command.Arguments.Add(_texts);
        Option[] options = [_input, _output, _json, _html, _query, _top, _runnersUp, _noSpans, _color, _precision, _policy];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        _longTexts.AddTo(command);
        _engine.AddTo(command);
        command.Validators.Add(Validate);
    }

    public ExplainSettings Read(ParseResult result) => new()
    {
        Folder = result.GetRequiredValue(_folder),
        Texts = result.GetValue(_texts) ?? [],
        Input = result.GetRequiredValue(_input),
        Output = result.GetRequiredValue(_output),
        Html = result.GetValue(_html),
        Json = result.GetValue(_json),
        Color = result.GetValue(_color),
        Top = result.GetValue(_top),
        Explanation = Explanation(result),
        Engine = _engine.Read(result) with { Precision = result.GetValue(_precision), PolicyFile = result.GetValue(_policy) },
    };

    private ExplanationOptions Explanation(ParseResult result)
    {
        LongTextSettings longTexts = _longTexts.Read(result);
        return new ExplanationOptions
        {
            Encoding = longTexts.ToOptions(result.GetValue(_query) ? EmbeddingInputType.Query : EmbeddingInputType.Document),
            QueryEncoding = longTexts.ToOptions(EmbeddingInputType.Query),
            Spans = !result.GetValue(_noSpans),
            RunnersUp = result.GetValue(_runnersUp) ?? 0,

            // What is written for people sums up the terms that it does not list, and has to know them.
            Top = result.GetValue(_json) ? result.GetValue(_top) : null,
        };
    }

    private void Validate(CommandResult command)
    {
        int texts = command.GetResult(_texts)?.Tokens.Count ?? 0;
        bool isRead = command.GetResult(_input) is { Implicit: false };
        if (texts > 0 && isRead)
        {
            command.AddError("--input is for texts that are not on the command line. Give either.");
        }

        if (texts == 0 && command.GetResult(_html) is not null)
        {
            command.AddError("--html writes one page: give one text, or a query and a document, on the command line.");
        }

        if (texts == Pair && command.GetResult(_query) is not null)
        {
            command.AddError("--query is for texts that are explained by themselves. Of two texts the first is the query.");
        }
    }
}
