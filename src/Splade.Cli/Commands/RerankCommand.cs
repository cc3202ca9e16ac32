using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Splade.AI;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Orders the lines of a file for a query, by a model that reads both together.</summary>
internal static class RerankCommand
{
    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        Argument<string> query = new("query") { Description = "What is searched for" };
        Argument<string> file = new("FILE")
        {
            Description = "The passages, a line each, - for standard input: JSON objects with \"text\" and optionally \"title\" and \"id\", or plain texts "
                + "[default: -]",
            DefaultValueFactory = _ => StandardStreams.Standard,
        };
        Option<int?> top = Parameters.Number("--top", "N", least: 1, "Show the N best passages [default: all]");
        Option<string?> label = new("--label")
        {
            Description = "Order by this label of a model that has several: its name, or its number from 0",
            HelpName = "LABEL",
        };
        Option<bool> json = Parameters.Json(
            "Write one line {\"line\",\"score\",\"logit\",\"truncated\"} for each passage, the best first, after the \"id\" or \"_id\" of an object");
        var engine = new EngineParameters(hasActivation: false);
        var command = new Command(
            "rerank", "Order passages for a query by a cross-encoder, which reads both together: score, line number and text, the best first")
        {
            folder, query, file, top, label, json,
        };
        engine.AddTo(command);
        return command.Runs(async (result, cancellationToken) =>
        {
            CrossEncoderReranker reranker = await Models.LoadRerankerAsync(
                result.GetRequiredValue(folder), engine.Read(result), cancellationToken, result.GetValue(label)).ConfigureAwait(false);
            await using (reranker.ConfigureAwait(false))
            {
                List<InputLine> lines = await ReadAsync(result.GetRequiredValue(file), cancellationToken).ConfigureAwait(false);
                IReadOnlyList<RerankResult> results = await reranker.RerankAsync(
                    result.GetRequiredValue(query), lines.ConvertAll(line => line.Text), new RerankOptions { Top = result.GetValue(top) }, cancellationToken)
                    .ConfigureAwait(false);
                await (result.GetValue(json)
                    ? WriteJsonAsync(results, lines, cancellationToken)
                    : StandardOutput.WriteAsync(Describe(results, lines, reranker), cancellationToken)).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
    }

    private static async Task<List<InputLine>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using Stream input = StandardStreams.OpenInput(file);
        var lines = new List<InputLine>();
        await foreach (InputLine line in InputReader.ReadAsync(input, cancellationToken).ConfigureAwait(false))
        {
            lines.Add(line);
        }

        return lines;
    }

    private static async Task WriteJsonAsync(IReadOnlyList<RerankResult> results, List<InputLine> lines, CancellationToken cancellationToken)
    {
        using Stream output = StandardStreams.OpenOutput(StandardStreams.Standard, StandardStreams.Standard);
        using var written = new OutputLines(output);
        foreach (RerankResult result in results)
        {
            written.Add((lines[result.Index].Id, result), WriteMembers);
            await written.SendIfFullAsync(cancellationToken).ConfigureAwait(false);
        }

        await written.SendAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void WriteMembers(Utf8JsonWriter json, (InputId? Id, RerankResult Result) line)
    {
        line.Id?.WriteTo(json);
        json.WriteNumber("line", line.Result.Index + 1);
        json.WriteNumber("score", line.Result.Score);
        json.WriteNumber("logit", line.Result.Logit);
        json.WriteBoolean("truncated", line.Result.Truncated);
    }

    private static string Describe(IReadOnlyList<RerankResult> results, List<InputLine> lines, CrossEncoderReranker reranker)
    {
        var text = new StringBuilder();
        foreach (RerankResult result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Score:F4}  line {result.Index + 1}  {Excerpt.Of(lines[result.Index].Text)}\n");
        }

        int cut = results.Count(result => result.Truncated);
        return cut == 0 ? text.ToString() : text
            .Append(CultureInfo.InvariantCulture, $"{cut} of these have more than {reranker.MaxTokens} tokens with the query, and were cut.\n")
            .ToString();
    }
}
