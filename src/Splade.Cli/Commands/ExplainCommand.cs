using System.CommandLine;
using Splade.AI;
using Splade.AI.Explanation;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Why texts have their vectors, and why a query finds a document.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var parameters = new ExplainParameters();
        var command = new Command(
            "explain",
            "Show why: the terms of a text with their weights, whether the text has them (literal) or the model added them (expansion), and the words "
            + "that they come from; or the terms that a query and a document share, and what each brings to the score. "
            + "With --json one line {\"terms\":[{\"id\",\"term\",\"weight\",\"literal\",\"position\",\"span\"},...],...} for each text, in order");
        parameters.AddTo(command);
        return command.Runs((result, cancellationToken) => RunAsync(parameters.Read(result), cancellationToken));
    }

    private static async Task<int> RunAsync(ExplainSettings settings, CancellationToken cancellationToken)
    {
        using SparseModel model = await Models.LoadSparseAsync(settings.Folder, settings.Engine, cancellationToken).ConfigureAwait(false);
        ISparseExplainer explainer = model.Explainer;
        var format = new ExplanationFormat(settings);
        switch (settings.Texts)
        {
            case [string query, string document]:
                MatchExplanation match = await NameLongTextAsync(
                    ["The query", "The document"],
                    () => explainer.ExplainMatchAsync(query, document, idf: null, settings.Explanation, cancellationToken)).ConfigureAwait(false);
                await WriteAsync(settings, format.Write(match), () => match.ToHtmlPage(format.Options), cancellationToken).ConfigureAwait(false);
                break;
            case [string text]:
                TextExplanation one = await NameLongTextAsync(
                    ["The text"], () => explainer.ExplainAsync(text, settings.Explanation, cancellationToken)).ConfigureAwait(false);
                await WriteAsync(settings, format.Write(one), () => one.ToHtmlPage(format.Options), cancellationToken).ConfigureAwait(false);
                break;
            default:
                await ExplainInputAsync(explainer, settings, format, cancellationToken).ConfigureAwait(false);
                break;
        }

        return ExitCodes.Done;
    }

    private static async Task WriteAsync(ExplainSettings settings, string explanation, Func<string> page, CancellationToken cancellationToken)
    {
        if (settings.Html is not null)
        {
            await StandardStreams.WriteAsync(settings.Html, page(), cancellationToken).ConfigureAwait(false);
        }

        if (settings.Html != settings.Output)
        {
            await StandardStreams.WriteAsync(settings.Output, explanation, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ExplainInputAsync(
        ISparseExplainer explainer, ExplainSettings settings, ExplanationFormat format, CancellationToken cancellationToken)
    {
        using Stream input = StandardStreams.OpenInput(settings.Input);
        using Stream output = StandardStreams.OpenOutput(settings.Output, settings.Input);
        using var lines = new OutputLines(output);
        using var counter = new LineCounter(settings.Output != StandardStreams.Standard);
        IAsyncEnumerable<InputLine> inputLines = InputReader.ReadAsync(input, cancellationToken);
        string separator = "";
        long before = 0;
        await foreach (IReadOnlyList<InputLine> window in LineWindows.CutAsync(inputLines, cancellationToken).ConfigureAwait(false))
        {
            long first = before + 1;
            IAsyncEnumerable<TextExplanation> explanations = InOrder.SelectAsync(
                window.Select((line, i) => (line.Text, Name: $"Line {first + i} of the input")),
                (line, stop) => NameLongTextAsync([line.Name], () => explainer.ExplainAsync(line.Text, settings.Explanation, stop)),
                AtOnce(settings),
                cancellationToken);
            int done = 0;
            await foreach (TextExplanation explanation in explanations.ConfigureAwait(false))
            {
                lines.AddText($"{separator}{format.Write(explanation, window[done++].Id)}");
                await lines.SendIfFullAsync(cancellationToken).ConfigureAwait(false);
                counter.Add(1);
                separator = format.Separator;
            }

            await lines.SendAsync(cancellationToken).ConfigureAwait(false);
            before += window.Count;
        }
    }

    /// <summary>Says which text is too long in the words of the command line.</summary>
    /// <param name="names">What the texts are, by their positions.</param>
    /// <param name="explain">Explains them.</param>
    private static async Task<T> NameLongTextAsync<T>(string[] names, Func<Task<T>> explain)
    {
        try
        {
            return await explain().ConfigureAwait(false);
        }
        catch (TextTooLongException e)
        {
            throw new CommandFailedException(
                $"{names[e.Position]} has {e.TokenCount} tokens, and at most {e.MaxTokens} are read. Shorten it, or explain it with --long-text max or "
                + "truncate.",
                e);
        }
    }

    // The engine lets some of them run at a time; the others keep it from waiting for the next text.
    private static int AtOnce(ExplainSettings settings) => 1 + (settings.Engine.Workers ?? Environment.ProcessorCount);
}
