using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;

namespace Splade.AI.Tools;

/// <content>Search of a retriever's texts.</content>
public sealed partial class SpladeToolService
{
    private const string NothingFound = "No passage was found. Other words or another mode may find one.";

    private const string PassageIsCut = "Only the beginning of the passage is given.";

    private const int MaxMetadataLength = 200;

    /// <summary>What is shown of an id that has a handle.</summary>
    private const int MaxIdLength = 200;

    /// <summary>Searches the texts of <see cref="SpladeAIToolsOptions.Retriever"/>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="top">How many hits at most, from 1 to <see cref="SpladeAIToolsOptions.MaxTop"/>: others are moved there. Null for the default.</param>
    /// <param name="mode">The name of a <see cref="SearchMode"/>, in any case.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="InvalidOperationException">The service has no retriever.</exception>
    [Description(SpladeToolDescriptions.Search)]
    public Task<SpladeSearchResult> SearchAsync(
        [Description(SpladeToolDescriptions.Wanted)] string query,
        [Description(SpladeToolDescriptions.BestPassages)] int? top = null,
        [Description(SpladeToolDescriptions.Mode)]
        [AllowedValues("hybrid", "sparse", "dense")]
        string mode = "hybrid",
        CancellationToken cancellationToken = default)
    {
        HybridRetriever retriever = RequireRetriever();
        return RunAsync(ToolNames.Search, async () =>
        {
            ToolText asked = ReadText(query, "query");
            var options = new HybridRetrievalOptions
            {
                Mode = ToolInput.Choice(mode, "mode", SearchMode.Hybrid),
                Top = ToolInput.Top(top, _options.DefaultHits, _options.MaxTop),
            };
            HybridSearchResult found = await retriever.SearchAsync(asked.Text, options, cancellationToken).ConfigureAwait(false);
            SpladeEngine engine = await _getEngine(cancellationToken).ConfigureAwait(false);
            SparseVector? explained = ReferenceEquals(retriever.GetSparseService(typeof(SpladeEngine)), engine) ? found.SparseQuery : null;
            return new SpladeSearchResult
            {
                Mode = options.Mode.ToString().ToLowerInvariant(),
                Hits = [.. found.Hits.Select(hit => Tell(hit, engine, explained, asked.Text))],
                QueryTruncated = asked.IsCut || found.QueryTruncated,
                Note = found.Hits.Count == 0 ? NothingFound : DocumentsAreData,
            };
        }, cancellationToken);
    }

    /// <summary>Reads a text of <see cref="SpladeAIToolsOptions.Retriever"/>.</summary>
    /// <param name="id">
    /// The text's id, or the handle that a search gave for it (<see cref="FoundPassage.Id"/>). Quotes and white space around it are passed over if
    /// there is none with them.
    /// </param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="InvalidOperationException">The service has no retriever.</exception>
    [Description(SpladeToolDescriptions.ReadPassage)]
    public Task<SpladePassageResult> ReadPassageAsync(
        [Description(SpladeToolDescriptions.PassageId)] string id,
        CancellationToken cancellationToken = default)
    {
        HybridRetriever retriever = RequireRetriever();
        return RunAsync(ToolNames.ReadPassage, async () =>
        {
            string wanted = ReadText(id, "id").Text;
            HybridRecord record = await FindAsync(retriever, wanted, cancellationToken).ConfigureAwait(false)
                ?? await FindAsync(retriever, wanted.Trim(' ', '\t', '\r', '\n', '"', '\'', '`'), cancellationToken).ConfigureAwait(false)
                ?? throw new ToolProblemException(
                    $"There is no passage with the id '{ToolInput.Echo(wanted)}'.",
                    "Search for the passage, and give an id exactly as it is in a hit.");
            string read = Excerpt.Head(record.Text, _options.MaxPassageLength);
            bool truncated = read.Length < record.Text.Length;
            (string shown, string? untrusted) = TellId(retriever, record.Id);
            return new SpladePassageResult
            {
                Id = shown,
                UntrustedId = untrusted,
                Metadata = Metadata(record),
                UntrustedText = UntrustedText.Clean(read),
                Length = record.Text.Length,
                Truncated = truncated,
                Note = truncated ? $"{DocumentsAreData} {PassageIsCut}" : DocumentsAreData,
            };
        }, cancellationToken);
    }

    private HybridRetriever RequireRetriever() => _options.Retriever ?? throw new InvalidOperationException(
        $"The service has nothing to search. Set {nameof(SpladeAIToolsOptions)}.{nameof(SpladeAIToolsOptions.Retriever)}.");

    private static Task<HybridRecord?> FindAsync(HybridRetriever retriever, string id, CancellationToken cancellationToken) =>
        retriever.GetAsync(PassageHandles.Of(retriever).Find(id) ?? id, cancellationToken);

    // What a model is to call the passage, and what its own id says, where that is something else.
    private static (string Shown, string? Untrusted) TellId(HybridRetriever retriever, string id)
    {
        string shown = PassageHandles.Of(retriever).Show(id);
        return (shown, shown == id ? null : Excerpt.Around(id, 0, MaxIdLength));
    }

    private FoundPassage Tell(HybridHit hit, SpladeEngine engine, SparseVector? query, string queryText)
    {
        (string shown, string? untrusted) = TellId(RequireRetriever(), hit.Record.Id);
        MatchExplanation? match = query is null ? null : ExplainBriefly(engine, query, hit.Record.Sparse, queryText, hit.Record.Text);
        return new FoundPassage
        {
            Rank = hit.Rank,
            Id = shown,
            UntrustedId = untrusted,
            Score = ToolTerms.Round(hit.Score),
            Why = hit.Fusion?.Sentence,
            Reasons = match is null ? null : ToolTerms.TellBriefly(match),
            Metadata = Metadata(hit.Record),
            UntrustedText = Excerpt.Around(hit.Record.Text, match is null ? 0 : PlaceOf(match), _options.ExcerptLength),
            Truncated = hit.Record.Text.Length > _options.ExcerptLength,
        };
    }

    private Dictionary<string, string>? Metadata(HybridRecord record)
    {
        Dictionary<string, string> known = _options.MetadataKeys
            .Where(record.Metadata.ContainsKey)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(key => key, key => Excerpt.Around(record.Metadata[key].ToString(), 0, MaxMetadataLength), StringComparer.Ordinal);
        return known.Count > 0 ? known : null;
    }
}
