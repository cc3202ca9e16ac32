using System.CommandLine;
using System.CommandLine.Parsing;
using Splade.AI;
using Splade.Cli.Evaluation;

namespace Splade.Cli.Commands;

/// <summary>The arguments and options of `splade eval`.</summary>
internal sealed class EvalParameters
{
    /// <summary>As deep as the deepest measure looks, recall@100.</summary>
    private const int DefaultDepth = 100;

    private readonly Argument<string> _data = new("DATA")
    {
        Description = "The folder of a test collection in the layout of BEIR: corpus.jsonl, queries.jsonl, and qrels/test.tsv or qrels.tsv",
    };

    private readonly Option<string[]> _models = new("--model")
    {
        Description = "Evaluate this sparse model: its folder, its owner/name in the local Hugging Face cache, or bm25 for vectors of words as FastEmbed makes "
            + "them (a folder of that name is ./bm25). May be given several times: each is a leg, and all subsets of legs are fused by their ranks",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _dense = new("--dense")
    {
        Description = "Evaluate this dense model too and, with --model, the fusions of both",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _qrels = new("--qrels")
    {
        Description = "Take the judgments from this file, in the form of BEIR or of TREC [default: DATA's own]",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _runs = new("--run")
    {
        Description = "Compare this run too: a file of TREC. May be given several times",
        HelpName = "FILE",
    };

    private readonly Option<string?> _runOut = new("--run-out")
    {
        Description = "Write each system's run to this folder, as a file of TREC that trec_eval reads",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _chart = new("--chart")
    {
        Description = "Draw the comparison to this file, as SVG",
        HelpName = "FILE",
    };

    private readonly Option<IdenticalIds> _identicalIds = Parameters.Choice(
        "--ignore-identical-ids",
        "Leave the document with a query's own id out of what is found for it: where it has the query's text too (same-text), always as "
            + "BEIR does, or never [default: same-text]",
        ("same-text", IdenticalIds.SameText),
        ("always", IdenticalIds.Always),
        ("never", IdenticalIds.Never));

    private readonly Option<int?> _depth = Parameters.Number(
        "--depth", "N", DefaultDepth, $"Retrieve N documents for each query, and fuse as many of each side [default: {DefaultDepth}]");

    private readonly Option<int?> _queries = Parameters.Number("--queries", "N", least: 2, "Evaluate the first N judged queries [default: all]");
    private readonly Option<bool> _json = Parameters.Json("Print one JSON object: data, query_ids, best_single, runs with every value of each query, tuning");
    private readonly Option<Precision> _precision = Parameters.Precision();
    private readonly Option<string?> _policy = Parameters.Policy();
    private readonly EngineParameters _engine = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_data);
        Option[] options = [_models, _dense, _qrels, _runs, _runOut, _chart, _identicalIds, _depth, _queries, _json, _precision, _policy];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        _engine.AddTo(command);
        command.Validators.Add(RequireSomething);
    }

    public EvalSettings Read(ParseResult result) => new()
    {
        Data = result.GetRequiredValue(_data),
        Qrels = result.GetValue(_qrels),
        Models = result.GetValue(_models) ?? [],
        Dense = result.GetValue(_dense),
        Runs = result.GetValue(_runs) ?? [],
        RunOut = result.GetValue(_runOut),
        Chart = result.GetValue(_chart),
        IdenticalIds = result.GetValue(_identicalIds),
        Depth = result.GetValue(_depth) ?? DefaultDepth,
        Queries = result.GetValue(_queries),
        Json = result.GetValue(_json),
        Engine = _engine.Read(result) with { Precision = result.GetValue(_precision), PolicyFile = result.GetValue(_policy) },
    };

    private void RequireSomething(CommandResult result)
    {
        if (result.GetResult(_models) is null && result.GetResult(_dense) is null && result.GetResult(_runs) is null)
        {
            result.AddError("There is nothing to evaluate. Give --model FOLDER, --dense FOLDER, --run FILE, or several of them.");
        }
    }
}
