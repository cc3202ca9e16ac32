using Splade.AI.Display;
using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Reports;

/// <summary>What the reports on texts and on matches have in common.</summary>
internal static class ReportParts
{
    private const string CutHere = "\n…";

    /// <summary>The titles of the columns.</summary>
    public static ReportRow Heading(string[] numbers, params string[] sources) => new(new("TERM"), numbers, "", [.. sources.Select(s => new ReportRun(s))]);

    /// <summary>What terms add up to.</summary>
    public static ReportRow Sum(string title, params string[] numbers) => new(new(title), numbers, "", []);

    /// <summary>A term by its name.</summary>
    public static ReportRun Term(string name, TermOrigin? origin) => new(TerminalText.CleanLine(name), origin);

    /// <summary>Where a term comes from, and what a policy did to it.</summary>
    public static ReportRun Source(ExplainedTerm term, SourceWords words)
    {
        IEnumerable<string> notes = new[] { string.Join(", ", words.Names(term)), Notes.Policy(term) }.Where(note => note.Length > 0);
        return new(TermName.WithSign(term.Origin, TerminalText.CleanLine(string.Join("; ", notes))), term.Origin);
    }

    /// <summary>A text with its highlights, as far as it was read.</summary>
    public static (string Title, IReadOnlyList<ReportRun> Runs) Text(string title, HighlightedText text)
    {
        string clean = TerminalText.Clean(text.Text);
        IEnumerable<ReportRun> runs = text.Runs
            .Where(run => run.Span.Start < text.ReadEnd)
            .Select(run => (Text: clean[run.Span.Start..Math.Min(run.Span.End, text.ReadEnd)], run.Highlight))
            .Select(run => run.Highlight is Highlight h ? new ReportRun(run.Text, h.Origin, text.Intensity(h)) : new ReportRun(run.Text));
        return (title, text.ReadEnd < text.Text.Length ? [.. runs, new ReportRun(CutHere)] : [.. runs]);
    }

    /// <summary>What the signs mean.</summary>
    /// <param name="hasSources">Whether the words that terms come from are shown.</param>
    /// <param name="hasPolicy">Whether there are terms that a policy added.</param>
    public static IReadOnlyList<ReportRun> Legend(bool hasSources, bool hasPolicy)
    {
        ReportRun literal = new($"{TermName.LiteralSign} the text has the term", TermOrigin.Literal);
        ReportRun expansion = new($"{TermName.ExpansionSign} the model added it{(hasSources ? " because of this word" : "")}", TermOrigin.Expansion);
        ReportRun policy = new($"{TermName.PolicySign} the vocabulary policy added it", TermOrigin.Policy);
        return hasPolicy ? [literal, expansion, policy] : [literal, expansion];
    }

    /// <summary>A paragraph that lists something; none if there is nothing.</summary>
    /// <param name="title">What is listed.</param>
    /// <param name="items">The items.</param>
    /// <param name="top">How many are named; null for all.</param>
    /// <param name="count">How many there are in all, if not all are in <paramref name="items"/>.</param>
    public static IEnumerable<string> Note(string title, IEnumerable<string> items, int? top, int? count = null)
    {
        string list = TerminalText.CleanLine(Phrases.List(items, top, count));
        return list.Length > 0 ? [$"{title}: {list}"] : [];
    }
}
