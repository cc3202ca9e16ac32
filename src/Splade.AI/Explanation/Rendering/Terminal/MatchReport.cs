using Splade.AI.Display;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>Why a document has its score, for a terminal.</summary>
internal static class MatchReport
{
    public static string Write(MatchExplanation match, RenderingOptions options, TerminalStyle style)
    {
        var report = new TerminalReport(options, style);
        report.AddParagraph(Summary.Of(match), style.Strong);
        foreach (string warning in Summary.Warnings(match))
        {
            report.AddParagraph(warning, style.Warning);
        }

        if (style.HasColours)
        {
            AddText(report, "query", match.Query, match.Terms.Select(t => new PlacedTerm(t.Query, t.Contribution)));
            AddText(report, "document", match.Document, match.Terms.Select(t => new PlacedTerm(t.Document, t.Contribution)));
        }

        if (match.Terms.Count > 0)
        {
            report.AddTable(Terms(match, options, report));
        }

        if (match.Terms.Any(t => t.Query.Origin is not null || t.Document.Origin is not null))
        {
            bool hasSources = match.Terms.Any(t => t.Query.Source is not null || t.Document.Source is not null);
            report.AddLegend(hasSources, PolicyNotes.AddedAny(match.Terms), "more of the score");
        }

        IEnumerable<string> unmatched = match.UnmatchedTerms.Select(t => $"{TermName.Of(t)} {Numbers.Weight(t.Weight)}");
        report.AddList("Query terms that the document lacks", unmatched, match.UnmatchedCount);
        report.AddList(PolicyNotes.BannedFromQuery, PolicyNotes.Banned(match.Query));
        report.AddList(PolicyNotes.BannedFromDocument, PolicyNotes.Banned(match.Document));
        return report.ToString();
    }

    private static void AddText(TerminalReport report, string title, TextExplanation? text, IEnumerable<PlacedTerm> terms)
    {
        if (text is not null)
        {
            report.AddText(title, HighlightedText.Of(text, terms));
        }
    }

    private static TerminalTable Terms(MatchExplanation match, RenderingOptions options, TerminalReport report)
    {
        var table = new TerminalTable(
            report.Style,
            new("TERM", IsWords: true),
            new("QUERY", IsRight: true),
            new("DOCUMENT", IsRight: true),
            new("PRODUCT", IsRight: true),
            new("SHARE", IsRight: true),
            new(""),
            new(match.Query is null ? "" : "IN QUERY", IsWords: true),
            new(match.Document is null ? "" : "IN DOCUMENT", IsWords: true));
        MatchedTerm[] listed = [.. match.Terms.Take(options.Top ?? match.Terms.Count)];
        SourceWords? query = match.Query is null ? null : new(match.Query);
        SourceWords? document = match.Document is null ? null : new(match.Document);
        foreach (MatchedTerm term in listed)
        {
            Func<string, string> paint = report.Style.Of(term.Origin);
            table.Add(
                new(TerminalText.CleanLine(TermName.Of(term.Token, term.Text)), paint),
                new(Numbers.Weight(term.Query.Weight)),
                new(Numbers.Weight(term.Document.Weight)),
                new(Numbers.Weight(term.Contribution)),
                new(Numbers.Share(term.Share)),
                new(Bar.Of(term.Contribution, listed[0].Contribution), paint),
                report.Source(term.Query, query),
                report.Source(term.Document, document));
        }

        AddSums(table, match, listed);
        return table;
    }

    private static void AddSums(TerminalTable table, MatchExplanation match, MatchedTerm[] listed)
    {
        if (match.TermCount > listed.Length)
        {
            double rest = Math.Max(match.Score - listed.Sum(t => t.Contribution), 0);
            Add($"{match.TermCount - listed.Length} more", rest, Math.Max(1 - listed.Sum(t => t.Share), 0));
        }

        Add("score", match.Score, share: 1);

        void Add(string title, double product, double share) => table.Add(
            new(title), new(""), new(""), new(Numbers.Weight(product)), new(Numbers.Share(share)), new(""), new(""), new(""));
    }
}
