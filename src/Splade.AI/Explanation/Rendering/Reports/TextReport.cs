using Splade.AI.Display;
using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Reports;

/// <summary>Why a text has its vector.</summary>
internal static class TextReport
{
    /// <param name="text">The explanation.</param>
    /// <param name="top">How many terms are listed; null for all.</param>
    public static ExplanationReport Of(TextExplanation text, int? top)
    {
        bool hasTerms = text.Terms.Count > 0;
        return new ExplanationReport
        {
            Summary = TerminalText.Clean(Summary.Of(text)),
            Warnings = [.. Summary.Warnings(text).Select(TerminalText.Clean)],
            Texts = [ReportParts.Text("text", HighlightedText.Of(text))],
            Heading = hasTerms ? ReportParts.Heading(["WEIGHT", "SHARE"], "FROM") : null,
            Rows = [.. Rows(text, top)],
            Legend = hasTerms ? ReportParts.Legend(text.Terms.Any(t => t.Source is not null), Notes.AddedAny(text.Terms)) : [],
            Notes =
            [
                .. ReportParts.Note(Notes.InPieces, Notes.Pieces(text), top),
                .. ReportParts.Note(Notes.Unweighted, text.UnweightedTokens.Select(TermName.Of), top),
                .. ReportParts.Note(Notes.BannedFromText, Notes.Banned(text), top),
            ],
        };
    }

    private static IEnumerable<ReportRow> Rows(TextExplanation text, int? top)
    {
        var words = new SourceWords(text);
        ExplainedTerm[] listed = [.. text.Terms.Take(top ?? text.Terms.Count)];
        foreach (ExplainedTerm term in listed)
        {
            yield return new ReportRow(
                ReportParts.Term(TermName.Of(term), term.Origin),
                [Phrases.Weight(term.Weight), Phrases.Share(term.Share)],
                Bar.Of(term.Weight, listed[0].Weight),
                [ReportParts.Source(term, words)]);
        }

        if (text.TermCount > listed.Length)
        {
            double rest = Math.Max(text.Mass - listed.Sum(t => (double)t.Weight), 0);
            yield return ReportParts.Sum($"{text.TermCount - listed.Length} more", Phrases.Weight(rest), Phrases.Share(rest / text.Mass));
        }
    }
}
