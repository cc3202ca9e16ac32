using System.CommandLine;
using System.Globalization;
using Splade.AI.Hybrid;
using Splade.AI.Ingest;
using Splade.AI.Qdrant;
using Splade.Cli.Stores;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Texts into a store, which is searched then.</summary>
internal static class IndexCommand
{
    private const int TokensOfAPassage = 200;

    private static readonly (string Name, MetadataKind Kind)[] Kinds =
        [("text", MetadataKind.Text), ("number", MetadataKind.Number), ("boolean", MetadataKind.Boolean), ("date", MetadataKind.Date)];

    public static Command Create()
    {
        Argument<string> source = new("SOURCE")
        {
            Description = $"A folder, whose files are read ({SourceReader.Extensions}), or a file with a document on each line: JSON objects with \"text\" and "
                + "optionally \"title\", \"id\" and \"metadata\", or plain texts; - for standard input",
        };
        Option<int?> tokens = Parameters.Number(
            "--passage-tokens",
            "N",
            least: 8,
            $"Cut documents into passages of at most N tokens, each under its heading; words, without a SPLADE model [default: {TokensOfAPassage} for a folder; "
                + "lines are not cut]");
        Option<string?> checkpoint = new("--checkpoint")
        {
            Description = "Remember in this file which documents are done, so that doing it again passes over them without asking the store [default: none]",
            HelpName = "FILE",
        };
        Option<bool> removeMissing = new("--remove-missing") { Description = "Take out of the store what SOURCE does not have any more" };
        Option<int?> writers = Parameters.Number("--writers", "N", least: 1, "Write N batches at a time [default: 2]");
        Option<string[]> indexes = new("--index")
        {
            Description = "Let Qdrant keep an index of this field of the metadata, for filters; of another kind than text: year:number, draft:boolean, when:date. "
                + "May be given several times. PostgreSQL and a folder need none [default: document]",
            HelpName = "FIELD",
        };
        Option<bool> json = Parameters.Json("Print one JSON object: documents, skipped, added, unchanged, removed, truncated, seconds");
        var store = new StoreParameters();
        var command = new Command(
            "index",
            "Put texts into a store: read, cut into passages, encoded and written at once. Done again, it encodes only what is new or was changed")
        {
            source, tokens, checkpoint, removeMissing, writers, indexes, json,
        };
        store.AddTo(command);
        return command.Runs((result, cancellationToken) => store.RunAsync(
            result,
            async opened =>
            {
                string from = result.GetRequiredValue(source);
                var options = new IngestOptions
                {
                    Checkpoint = result.GetValue(checkpoint),
                    RemoveMissing = result.GetValue(removeMissing),
                    Writers = result.GetValue(writers) ?? 2,
                    Total = SourceReader.Count(from),
                };
                if ((result.GetValue(tokens) ?? (SourceReader.IsFolder(from) ? TokensOfAPassage : null)) is int most)
                {
                    options.Split = new PassageSplitter(Counter(opened), most).Split;
                }

                IngestProgress done;
                using (var display = new IngestDisplay())
                {
                    done = await new IngestPipeline(opened.Store, opened.Retriever, options)
                        .RunAsync(SourceReader.ReadAsync(from, options.RemoveMissing, cancellationToken), display, cancellationToken).ConfigureAwait(false);
                }

                await StandardOutput.WriteAsync(result.GetValue(json) ? ToJson(done) : Describe(done), cancellationToken).ConfigureAwait(false);
            },
            cancellationToken,
            (result.GetValue(indexes) ?? []).Select(ParseIndex)));
    }

    /// <summary>A field, and the kind after its last colon if that is one.</summary>
    private static QdrantPayloadIndex ParseIndex(string text)
    {
        int end = text.LastIndexOf(':');
        return end > 0 && Array.Find(Kinds, kind => text.AsSpan(end + 1).SequenceEqual(kind.Name)) is { Name: not null } found
            ? new QdrantPayloadIndex(text[..end], found.Kind)
            : new QdrantPayloadIndex(text, MetadataKind.Text);
    }

    private static Func<string, int> Counter(OpenedStore opened) => opened.Engine is { } engine
        ? text => engine.Tokenizer.CountTokens(text)
        : text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Describe(IngestProgress done) => string.Create(
        CultureInfo.InvariantCulture,
        $"{done.Documents} documents: {done.Added} passages added, {done.Unchanged} unchanged, {done.Removed} removed")
        + (done.Skipped > 0 ? $"; {done.Skipped} documents were done before" : "")
        + (done.Truncated > 0 ? $"; {done.Truncated} are longer than a model reads, and their ends cannot be found" : "")
        + string.Create(CultureInfo.InvariantCulture, $". {done.Elapsed.TotalSeconds:F1} s, {done.PassagesPerSecond:F0} passages/s\n");

    private static string ToJson(IngestProgress done) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"documents\":{done.Documents},\"skipped\":{done.Skipped},\"added\":{done.Added},\"unchanged\":{done.Unchanged},\"removed\":{done.Removed},")
        + string.Create(CultureInfo.InvariantCulture, $"\"truncated\":{done.Truncated},\"seconds\":{done.Elapsed.TotalSeconds:F3}}}\n");
}
