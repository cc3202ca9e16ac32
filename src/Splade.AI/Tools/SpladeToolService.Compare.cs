using System.ComponentModel;
using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tools;

/// <content>Ranking of texts that the caller has.</content>
public sealed partial class SpladeToolService
{
    /// <summary>Ranks texts for a query and tells why.</summary>
    /// <param name="query">The query.</param>
    /// <param name="documents">The texts, at most <see cref="SpladeAIToolsOptions.MaxDocuments"/>.</param>
    /// <param name="top">How many of the texts are listed, from 1: others are moved there. Null for all.</param>
    /// <param name="cancellationToken">Observed before and within runs of the model.</param>
    [Description(SpladeToolDescriptions.Compare)]
    public Task<SpladeCompareResult> CompareAsync(
        [Description(SpladeToolDescriptions.Query)] string query,
        [Description(SpladeToolDescriptions.Documents)] IReadOnlyList<string> documents,
        [Description(SpladeToolDescriptions.BestTexts)] int? top = null,
        CancellationToken cancellationToken = default) => RunAsync(ToolNames.Compare, async () =>
    {
        ToolText asked = ReadText(query, "query");
        ToolText[] texts = ReadDocuments(documents);
        SpladeEngine engine = await _getEngine(cancellationToken).ConfigureAwait(false);
        SpladeEncoding queryEncoding = (await engine.EncodeAsync(
            [asked.Text], new SpladeEncodingOptions { InputType = SpladeInputType.Query }, cancellationToken).ConfigureAwait(false))[0];
        IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(
            texts.Select(t => t.Text), options: null, cancellationToken).ConfigureAwait(false);

        (int Index, float Score)[] ranked =
        [
            .. encodings
                .Select((e, i) => (i, queryEncoding.Vector.Dot(e.Vector)))
                .OrderByDescending(t => t.Item2)
                .Take(ToolInput.Top(top, texts.Length, texts.Length)),
        ];
        return new SpladeCompareResult
        {
            Ranking = [.. ranked.Select((place, i) =>
            {
                (ToolText text, SpladeEncoding encoding) = (texts[place.Index], encodings[place.Index]);
                MatchExplanation match = ExplainBriefly(engine, queryEncoding.Vector, encoding.Vector, asked.Text, text.Text);
                return new ComparedText
                {
                    Rank = i + 1,
                    Index = place.Index,
                    Score = ToolTerms.Round(place.Score),
                    Reasons = ToolTerms.TellBriefly(match),
                    Warning = match.Warning,
                    UntrustedText = Excerpt.Around(text.Text, PlaceOf(match), _options.ExcerptLength),
                    Truncated = text.IsCut || encoding.Truncated,
                };
            })],
            Compared = texts.Length,
            QueryTruncated = asked.IsCut || queryEncoding.Truncated,
            Note = DocumentsAreData,
        };
    }, cancellationToken);

    private ToolText[] ReadDocuments(IReadOnlyList<string>? documents)
    {
        if (documents is not { Count: > 0 })
        {
            throw new ToolProblemException("'documents' is missing or empty.", "Give 'documents' as a list of at least one text.");
        }

        return documents.Count <= _options.MaxDocuments
            ? [.. documents.Select((text, i) => ReadText(text, $"documents[{i}]"))]
            : throw new ToolProblemException(
                $"'documents' has {documents.Count} texts, at most {_options.MaxDocuments} are compared in one call.",
                "Make several calls, and compare their best texts in another one.");
    }

    // A store may have texts that the engine would refuse to encode today: reasons are then from the beginning.
    private MatchExplanation ExplainBriefly(SpladeEngine engine, SparseVector query, SparseVector document, string queryText, string documentText)
    {
        LongTextHandling? handling = engine.LongTextHandling == LongTextHandling.Throw ? LongTextHandling.Truncate : null;
        var options = new ExplanationOptions { Encoding = new SpladeEncodingOptions { LongTextHandling = handling }, Top = _options.Reasons };
        return engine.ExplainMatch(query, document, queryText, documentText, options);
    }

    /// <summary>Where the text has the most important term that stands in it; its beginning if it has none of them.</summary>
    private static int PlaceOf(MatchExplanation match) =>
        match.Terms.SelectMany(t => t.Document.Occurrences).Select(span => (TokenOffset?)span).FirstOrDefault()?.Start ?? 0;
}
