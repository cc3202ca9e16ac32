using System.CommandLine;
using System.Text;
using Splade.AI;
using Splade.AI.Display;
using Splade.AI.Explanation;
using Splade.Cli.Lines;
using Splade.Cli.Matching;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Ranks the lines of a file against a query, and shows why.</summary>
internal static class CompareCommand
{
    private const int DefaultTop = 10;

    /// <summary>The rest adds little to a score, and the terms stay on one line.</summary>
    private const int ShownTerms = 6;

    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        Argument<string> query = new("query") { Description = "What is searched for" };
        Argument<string> file = new("FILE")
        {
            Description = "The lines to rank, - for standard input: JSON objects with \"text\" and optionally \"title\", or plain texts",
        };
        Option<int?> top = Parameters.Number("--top", "N", least: 1, $"Show the N best lines [default: {DefaultTop}]");
        Option<Precision> precision = Parameters.Precision();
        Option<string?> policy = Parameters.Policy();
        var engine = new EngineParameters();
        var command = new Command(
            "compare", "Rank the lines of a file against a query: score, line number, text, and the shared terms that add most to the score")
        {
            folder, query, file, top, precision, policy,
        };
        engine.AddTo(command);
        return command.Runs((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(folder),
            result.GetRequiredValue(query),
            result.GetRequiredValue(file),
            result.GetValue(top) ?? DefaultTop,
            engine.Read(result) with { Precision = result.GetValue(precision), PolicyFile = result.GetValue(policy) },
            cancellationToken));
    }

    private static async Task<int> RunAsync(
        string folder, string queryText, string file, int top, EngineSettings settings, CancellationToken cancellationToken)
    {
        using SpladeEngine engine = await Models.LoadAsync(folder, settings, cancellationToken).ConfigureAwait(false);
        SpladeEncoding query = await Models.EncodeQueryAsync(engine, queryText, cancellationToken).ConfigureAwait(false);
        var ranking = new LineRanking(query.Vector, top);
        using Stream input = StandardStreams.OpenInput(file);
        IAsyncEnumerable<InputLine> lines = InputReader.ReadAsync(input, cancellationToken);
        await foreach (IReadOnlyList<InputLine> window in LineWindows.CutAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(
                window.Select(line => line.Text), cancellationToken: cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < window.Count; i++)
            {
                ranking.Add(window[i].Text, encodings[i].Vector);
            }
        }

        await StandardOutput.WriteAsync(Describe(ranking, query.Vector, engine), cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static string Describe(LineRanking ranking, SparseVector query, SpladeEngine engine)
    {
        var options = new ExplanationOptions { Top = ShownTerms };
        var text = new StringBuilder();
        foreach (RankedLine line in ranking.BestFirst())
        {
            MatchExplanation match = engine.ExplainMatch(query, line.Vector, options: options);
            IEnumerable<string> terms = match.Terms.Select(t => $"{TerminalText.CleanLine(t.Token)} {t.Contribution:F2}");
            text.Append($"{line.Score:F4}  line {line.Number}  {Excerpt.Of(line.Text)}\n        {string.Join(", ", terms)}\n");
        }

        return text.Append($"{ranking.Matches} of {ranking.Lines} lines share a term with the query.\n").ToString();
    }
}
