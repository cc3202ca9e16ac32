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
        using SpladeEngine engine = await Models.LoadAsync(settings.Folder, settings.Engine, cancellationToken).ConfigureAwait(false);
        var format = new ExplanationFormat(settings);
        switch (settings.Texts)
        {
            case [string query, string document]:
                MatchExplanation match = await engine.ExplainMatchAsync(query, document, settings.Explanation, cancellationToken).ConfigureAwait(false);
                await WriteAsync(settings, format.Write(match), () => match.ToHtmlPage(format.Options), cancellationToken).ConfigureAwait(false);
                break;
            case [string text]:
                TextExplanation one = await engine.ExplainAsync(text, settings.Explanation, cancellationToken).ConfigureAwait(false);
                await WriteAsync(settings, format.Write(one), () => one.ToHtmlPage(format.Options), cancellationToken).ConfigureAwait(false);
                break;
            default:
                await ExplainInputAsync(engine, settings, format, cancellationToken).ConfigureAwait(false);
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
        SpladeEngine engine, ExplainSettings settings, ExplanationFormat format, CancellationToken cancellationToken)
    {
        using Stream input = StandardStreams.OpenInput(settings.Input);
        using Stream output = StandardStreams.OpenOutput(settings.Output, settings.Input);
        using var lines = new OutputLines(output);
        using var counter = new LineCounter(settings.Output != StandardStreams.Standard);
        IAsyncEnumerable<string> texts = InputReader.ReadAsync(input, cancellationToken);
        string separator = "";
        await foreach (IReadOnlyList<string> window in Windows.CutAsync(texts, cancellationToken).ConfigureAwait(false))
        {
            IAsyncEnumerable<TextExplanation> explanations = InOrder.SelectAsync(
                window, (text, stop) => engine.ExplainAsync(text, settings.Explanation, stop), AtOnce(settings), cancellationToken);
            await foreach (TextExplanation explanation in explanations.ConfigureAwait(false))
            {
                lines.AddText($"{separator}{format.Write(explanation)}");
                await lines.SendIfFullAsync(cancellationToken).ConfigureAwait(false);
                counter.Add(1);
                separator = format.Separator;
            }

            await lines.SendAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // The engine lets some of them run at a time; the others keep it from waiting for the next text.
    private static int AtOnce(ExplainSettings settings) => 1 + (settings.Engine.Workers ?? Environment.ProcessorCount);
}
