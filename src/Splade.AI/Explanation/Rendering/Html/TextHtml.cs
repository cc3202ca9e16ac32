using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>Why a text has its vector, for browsers.</summary>
internal static class TextHtml
{
    public static string Write(TextExplanation text, int? top, bool inlineStyles)
    {
        var html = new HtmlBuilder(inlineStyles);
        HtmlParts.Open(html, "Explanation of a text", Summary.Of(text), Summary.Warnings(text));
        HtmlParts.AddBalance(html, text.LiteralShare, text.ExpansionShare, text.PolicyShare);
        HighlightHtml.Add(html, "Text", HighlightedText.Of(text));
        if (text.Terms.Count > 0)
        {
            HtmlParts.AddLegend(html, Notes.AddedAny(text.Terms), "more weight");
            AddTerms(html, text, top);
        }

        HtmlParts.AddList(html, Notes.InPieces, Notes.Pieces(text), top);
        HtmlParts.AddList(html, Notes.Unweighted, text.UnweightedTokens.Select(TermName.Of), top);
        HtmlParts.AddList(html, Notes.BannedFromText, Notes.Banned(text), top);
        HtmlParts.Close(html);
        return html.ToString();
    }

    private static void AddTerms(HtmlBuilder html, TextExplanation text, int? top)
    {
        var words = new SourceWords(text);
        HtmlTable.Open(html, "Terms", [("Term", false), ("Weight", true), ("Share", true), ("", false), ("From", false)]);
        ExplainedTerm[] listed = [.. text.Terms.Take(top ?? text.Terms.Count)];
        foreach (ExplainedTerm term in listed)
        {
            HtmlTable.OpenRow(html, TermName.Of(term), term.Token, term.Origin);
            HtmlTable.AddNumber(html, Phrases.Weight(term.Weight));
            HtmlTable.AddShare(html, term.Share, term.Weight / listed[0].Weight);
            HtmlTable.AddSource(html, term, words);
            HtmlTable.CloseRow(html);
        }

        HtmlTable.BeginSums(html);
        if (text.TermCount > listed.Length)
        {
            double rest = Math.Max(text.Mass - listed.Sum(t => (double)t.Weight), 0);
            HtmlTable.AddSum(html, $"{text.TermCount - listed.Length} more", [Phrases.Weight(rest), Phrases.Share(rest / text.Mass)], emptyCells: 2);
        }

        HtmlTable.AddSum(html, "Total", [Phrases.Weight(text.Mass), Phrases.Share(1)], emptyCells: 2);
        HtmlTable.Close(html);
    }
}
