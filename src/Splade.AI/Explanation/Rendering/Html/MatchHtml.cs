using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>Why a document has its score, for browsers.</summary>
internal static class MatchHtml
{
    /// <summary>What is left of a share where nothing is.</summary>
    private const double Rounding = 1e-9;

    public static string Write(MatchExplanation match, int? top, bool inlineStyles)
    {
        var html = new HtmlBuilder(inlineStyles);
        HtmlParts.Open(html, "Explanation of a match", Summary.Of(match), Summary.Warnings(match));
        if (match.ExpansionShare is double expansion)
        {
            double policy = match.PolicyShare ?? 0;
            double literal = 1 - expansion - policy;
            HtmlParts.AddBalance(html, literal > Rounding ? literal : 0, expansion, policy);
        }

        AddText(html, "Query", match.Query, match.Terms.Select(t => new Highlight.Shown(t.Query, t.Contribution)));
        AddText(html, "Document", match.Document, match.Terms.Select(t => new Highlight.Shown(t.Document, t.Contribution)));
        if (match.Terms.Count > 0)
        {
            if (match.Query is not null || match.Document is not null)
            {
                HtmlParts.AddLegend(html, Notes.AddedAny(match.Terms), "more of the score");
            }

            AddTerms(html, match, top);
        }

        HtmlParts.AddList(html, Notes.Unmatched, Notes.Weights(match.UnmatchedTerms), top, match.UnmatchedCount);
        HtmlParts.AddList(html, Notes.BannedFromQuery, Notes.Banned(match.Query), top);
        HtmlParts.AddList(html, Notes.BannedFromDocument, Notes.Banned(match.Document), top);
        HtmlParts.Close(html);
        return html.ToString();
    }

    private static void AddText(HtmlBuilder html, string title, TextExplanation? text, IEnumerable<Highlight.Shown> terms)
    {
        if (text is not null)
        {
            HighlightHtml.Add(html, title, HighlightedText.Of(text, terms));
        }
    }

    private static void AddTerms(HtmlBuilder html, MatchExplanation match, int? top)
    {
        (string Title, bool IsNumber)[] numbers = [("Term", false), ("Query", true), ("× Document", true), ("= Product", true), ("Share", true), ("", false)];
        bool hasTexts = match.Query is not null || match.Document is not null;
        HtmlTable.Open(html, "Terms in both", hasTexts ? [.. numbers, ("In the query", false), ("In the document", false)] : numbers);
        MatchedTerm[] listed = [.. match.Terms.Take(top ?? match.Terms.Count)];
        SourceWords? query = match.Query is null ? null : new(match.Query);
        SourceWords? document = match.Document is null ? null : new(match.Document);
        foreach (MatchedTerm term in listed)
        {
            HtmlTable.OpenRow(html, TermName.Of(term), term.Token, term.Origin);
            HtmlTable.AddNumber(html, Phrases.Weight(term.Query.Weight));
            HtmlTable.AddNumber(html, Phrases.Weight(term.Document.Weight));
            HtmlTable.AddNumber(html, Phrases.Weight(term.Contribution));
            HtmlTable.AddShare(html, term.Share, term.Contribution / listed[0].Contribution);
            if (hasTexts)
            {
                HtmlTable.AddSource(html, term.Query, query);
                HtmlTable.AddSource(html, term.Document, document);
            }

            HtmlTable.CloseRow(html);
        }

        AddSums(html, match, listed, emptyCells: hasTexts ? 3 : 1);
        HtmlTable.Close(html);
    }

    private static void AddSums(HtmlBuilder html, MatchExplanation match, MatchedTerm[] listed, int emptyCells)
    {
        HtmlTable.BeginSums(html);
        if (match.TermCount > listed.Length)
        {
            double rest = Math.Max(match.Score - listed.Sum(t => t.Contribution), 0);
            string share = Phrases.Share(Math.Max(1 - listed.Sum(t => t.Share), 0));
            HtmlTable.AddSum(html, $"{match.TermCount - listed.Length} more", ["", "", Phrases.Weight(rest), share], emptyCells);
        }

        HtmlTable.AddSum(html, "Score", ["", "", Phrases.Weight(match.Score), Phrases.Share(1)], emptyCells);
    }
}
