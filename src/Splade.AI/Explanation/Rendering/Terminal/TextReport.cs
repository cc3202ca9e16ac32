using Splade.AI.Display;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>Why a text has its vector, for a terminal.</summary>
internal static class TextReport
{
    public static string Write(TextExplanation text, RenderingOptions options, TerminalStyle style)
    {
        var report = new TerminalReport(options, style);
        report.AddParagraph(Summary.Of(text), style.Strong);
        foreach (string warning in Summary.Warnings(text))
        {
            report.AddParagraph(warning, style.Warning);
        }

        if (style.HasColours)
        {
            report.AddText("text", HighlightedText.Of(text));
        }

        if (text.Terms.Count > 0)
        {
            report.AddTable(Terms(text, options, report));
            report.AddLegend(text.Terms.Any(t => t.Source is not null), PolicyNotes.AddedAny(text.Terms), "more weight");
        }

        report.AddList("Words in pieces", Pieces.Of(text));
        report.AddList("Without weight", text.UnweightedTokens.Select(TermName.Of));
        report.AddList(PolicyNotes.BannedFromText, PolicyNotes.Banned(text));
        return report.ToString();
    }

    private static TerminalTable Terms(TextExplanation text, RenderingOptions options, TerminalReport report)
    {
        var words = new SourceWords(text);
        var table = new TerminalTable(
            report.Style, new("TERM", IsWords: true), new("WEIGHT", IsRight: true), new("SHARE", IsRight: true), new(""), new("FROM", IsWords: true));
        ExplainedTerm[] listed = [.. text.Terms.Take(options.Top ?? text.Terms.Count)];
        foreach (ExplainedTerm term in listed)
        {
            Func<string, string> paint = report.Style.Of(term.Origin);
            table.Add(
                new(TerminalText.CleanLine(TermName.Of(term)), paint),
                new(Numbers.Weight(term.Weight)),
                new(Numbers.Share(term.Share)),
                new(Bar.Of(term.Weight, listed[0].Weight), paint),
                report.Source(term, words));
        }

        if (text.TermCount > listed.Length)
        {
            double rest = Math.Max(text.Mass - listed.Sum(t => (double)t.Weight), 0);
            table.Add(new($"{text.TermCount - listed.Length} more"), new(Numbers.Weight(rest)), new(Numbers.Share(rest / text.Mass)), new(""), new(""));
        }

        return table;
    }
}
