using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Splade.AI.Display;
using Splade.AI.Hybrid;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>A query to a store that `splade index` filled.</summary>
internal static class SearchCommand
{
    private const int DefaultTop = 10;

    public static Command Create()
    {
        Argument<string> query = new("query") { Description = "What is searched for" };
        Option<int?> top = Parameters.Number("--top", "N", least: 1, $"Show the N best passages [default: {DefaultTop}]");
        Option<SearchMode> mode = Parameters.Choice(
            "--mode",
            "Rank by all legs, by the sparse ones or by the dense one [default: hybrid]",
            ("hybrid", SearchMode.Hybrid),
            ("sparse", SearchMode.Sparse),
            ("dense", SearchMode.Dense));
        Option<string?> filter = new("--filter")
        {
            Description = "Only passages whose metadata match, as JSON: {\"field\":\"document\",\"eq\":\"refunds.md\"} [default: all]",
            HelpName = "JSON",
        };
        Option<bool> json = Parameters.Json("Write one line {\"rank\",\"id\",\"score\",\"why\",\"metadata\",\"text\"} for each hit");
        var store = new StoreParameters();
        var command = new Command("search", "Search a store: rank, score, id and text of the best passages, and how each got its place")
        {
            query, top, mode, filter, json,
        };
        store.AddTo(command);
        return command.Runs((result, cancellationToken) =>
        {
            var options = new HybridRetrievalOptions
            {
                Top = result.GetValue(top) ?? DefaultTop,
                Mode = result.GetValue(mode),
                Filter = result.GetValue(filter) is string text ? ParseFilter(text) : null,
                Parts = HybridRecordParts.Text | HybridRecordParts.Metadata,
            };
            return store.RunAsync(
                result,
                async opened =>
                {
                    HybridSearchResult found = await opened.Retriever.SearchAsync(result.GetRequiredValue(query), options, cancellationToken).ConfigureAwait(false);
                    await (result.GetValue(json)
                        ? WriteJsonAsync(found, cancellationToken)
                        : StandardOutput.WriteAsync(Describe(found), cancellationToken)).ConfigureAwait(false);
                },
                cancellationToken);
        });
    }

    private static MetadataFilter ParseFilter(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<MetadataFilter>(text, AI.SpladeJsonUtilities.DefaultOptions)
                ?? throw new CommandFailedException("--filter is null, expected a filter. Leave it out for none.");
        }
        catch (JsonException e)
        {
            throw new CommandFailedException($"--filter is no filter: {e.Message}", e);
        }
    }

    private static string Describe(HybridSearchResult found)
    {
        var text = new StringBuilder();
        foreach (HybridHit hit in found.Hits)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hit.Rank,2}. {hit.Score:G5}  {TerminalText.CleanLine(hit.Record.Id)}  {Excerpt.Of(hit.Record.Text)}\n");
            if (hit.Fusion?.Sentence is string why)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {why}\n");
            }
        }

        text.Append(found.Hits.Count == 0 ? "Nothing was found.\n" : "").Append(found.QueryTruncated ? "The query is longer than a model reads: its end had no part.\n" : "");
        return text.ToString();
    }

    private static async Task WriteJsonAsync(HybridSearchResult found, CancellationToken cancellationToken)
    {
        using Stream output = StandardStreams.OpenOutput(StandardStreams.Standard, StandardStreams.Standard);
        using var written = new OutputLines(output);
        foreach (HybridHit hit in found.Hits)
        {
            written.Add(hit, WriteMembers);
        }

        await written.SendAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void WriteMembers(Utf8JsonWriter json, HybridHit hit)
    {
        json.WriteNumber("rank", hit.Rank);
        json.WriteString("id", hit.Record.Id);
        json.WriteNumber("score", hit.Score);
        json.WriteString("why", hit.Fusion?.Sentence);
        json.WritePropertyName("metadata");
        JsonSerializer.Serialize(json, hit.Record.Metadata, AI.SpladeJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IReadOnlyDictionary<string, MetadataValue>)));
        json.WriteString("text", hit.Record.Text);
    }
}
