using Splade.AI.Display;
using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Reports;

/// <summary>Why a document has its score.</summary>
internal static class MatchReport
{
    /// <param name="match">The explanation.</param>
    /// <param name="top">How many terms are listed; null for all.</param>
    public static ExplanationReport Of(MatchExplanation match, int? top) => new()
    {
        Summary = TerminalText.Clean(Summary.Of(match)),
        Warnings = [.. Summary.Warnings(match).Select(TerminalText.Clean)],
        Texts =
        [
            .. Text("query", match.Query, match.Terms.Select(t => new Highlight.Shown(t.Query, t.Contribution))),
            .. Text("document", match.Document, match.Terms.Select(t => new Highlight.Shown(t.Document, t.Contribution))),
        ],
        Heading = match.Terms.Count > 0 ? Heading(match) : null,
        Rows = match.Terms.Count > 0 ? [.. Rows(match, top)] : [],
        Legend = Legend(match),
        Notes =
        [
            .. ReportParts.Note(Notes.Unmatched, Notes.Weights(match.UnmatchedTerms), top, match.UnmatchedCount),
            .. ReportParts.Note(Notes.BannedFromQuery, Notes.Banned(match.Query), top),
            .. ReportParts.Note(Notes.BannedFromDocument, Notes.Banned(match.Document), top),
        ],
    };

    private static IEnumerable<(string Title, IReadOnlyList<ReportRun> Runs)> Text(string title, TextExplanation? text, IEnumerable<Highlight.Shown> terms) =>
        text is null ? [] : [ReportParts.Text(title, HighlightedText.Of(text, terms))];

    private static ReportRow Heading(MatchExplanation match)
    {
        (TextExplanation? Text, string Title)[] sources = [(match.Query, "IN QUERY"), (match.Document, "IN DOCUMENT")];
        return ReportParts.Heading(["QUERY", "DOCUMENT", "PRODUCT", "SHARE"], [.. sources.Where(s => s.Text is not null).Select(s => s.Title)]);
    }

    private static IEnumerable<ReportRow> Rows(MatchExplanation match, int? top)
    {
        SourceWords? query = match.Query is null ? null : new(match.Query);
        SourceWords? document = match.Document is null ? null : new(match.Document);
        MatchedTerm[] listed = [.. match.Terms.Take(top ?? match.Terms.Count)];
        foreach (MatchedTerm term in listed)
        {
            yield return new ReportRow(
                ReportParts.Term(TermName.Of(term), term.Origin),
                [Phrases.Weight(term.Query.Weight), Phrases.Weight(term.Document.Weight), Phrases.Weight(term.Contribution), Phrases.Share(term.Share)],
                Bar.Of(term.Contribution, listed[0].Contribution),
                [.. Source(term.Query, query), .. Source(term.Document, document)]);
        }

        if (match.TermCount > listed.Length)
        {
            double rest = Math.Max(match.Score - listed.Sum(t => t.Contribution), 0);
            double share = Math.Max(1 - listed.Sum(t => t.Share), 0);
            yield return ReportParts.Sum($"{match.TermCount - listed.Length} more", "", "", Phrases.Weight(rest), Phrases.Share(share));
        }

        yield return ReportParts.Sum("score", "", "", Phrases.Weight(match.Score), Phrases.Share(1));
    }

    private static IEnumerable<ReportRun> Source(ExplainedTerm term, SourceWords? words) => words is null ? [] : [ReportParts.Source(term, words)];

    private static IReadOnlyList<ReportRun> Legend(MatchExplanation match)
    {
        bool hasSources = match.Terms.Any(t => t.Query.Source is not null || t.Document.Source is not null);
        return match.Terms.Any(t => t.Query.Origin is not null || t.Document.Origin is not null)
            ? ReportParts.Legend(hasSources, Notes.AddedAny(match.Terms))
            : [];
    }
}
