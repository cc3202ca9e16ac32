using System.Text;
using Splade.AI.Display;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>What the reports on texts and on matches have in common: paragraphs of a terminal's width, with an empty line between them.</summary>
internal sealed class TerminalReport(RenderingOptions options, TerminalStyle style)
{
    private const string Indent = "  ";

    private readonly StringBuilder _report = new();

    public TerminalStyle Style => style;

    /// <summary>Appends lines of running text as a paragraph of its own.</summary>
    public void AddParagraph(string text, Func<string, string>? paint = null)
    {
        Separate();
        var lines = new StringBuilder();
        new WrappedText(HighlightedText.Plain(text), TerminalStyle.Plain, options.Width).AppendTo(lines, text.Length, indent: "");
        _report.Append(paint is null ? lines : string.Concat(lines.ToString().TrimEnd('\n').Split('\n').Select(line => $"{paint(line)}\n")));
    }

    /// <summary>Appends a text with its highlights under a title, as far as it was read.</summary>
    public void AddText(string title, HighlightedText text)
    {
        Separate();
        _report.Append(style.Muted(title)).Append('\n');
        new WrappedText(text, style, options.Width - Indent.Length).AppendTo(_report, text.ReadEnd, Indent);
        _report.Append(text.ReadEnd < text.Text.Length ? $"{Indent}{style.Muted("…")}\n" : "");
    }

    public void AddTable(TerminalTable table)
    {
        Separate();
        table.AppendTo(_report, options.Width);
    }

    /// <summary>Says what the signs mean, and the highlights if there are any.</summary>
    /// <param name="hasSources">Whether the words that terms come from are shown.</param>
    /// <param name="hasPolicy">Whether there are terms that a policy added.</param>
    /// <param name="amount">What a strong highlight has much of.</param>
    public void AddLegend(bool hasSources, bool hasPolicy, string amount)
    {
        Separate();
        var legend = new TerminalLegend(style);
        legend.AddSigns(hasSources, hasPolicy);
        if (style.HasColours)
        {
            legend.AddHighlights(amount);
        }

        legend.AppendTo(_report, options.Width);
    }

    /// <summary>Appends a paragraph that lists something, if there is anything.</summary>
    /// <param name="title">What is listed.</param>
    /// <param name="items">The items.</param>
    /// <param name="count">How many there are in all, if not all are in <paramref name="items"/>.</param>
    public void AddList(string title, IEnumerable<string> items, int? count = null)
    {
        string list = TerminalText.CleanLine(Lists.Join(items, options.Top, count));
        if (list.Length > 0)
        {
            AddParagraph($"{title}: {list}");
        }
    }

    public override string ToString() => _report.ToString();

    /// <summary>The cell that says where a term comes from, and what a policy did to it.</summary>
    public Cell Source(ExplainedTerm term, SourceWords? words)
    {
        IEnumerable<string> notes = new[] { string.Join(", ", words?.Names(term) ?? []), PolicyNotes.Of(term) }.Where(note => note.Length > 0);
        return new(OriginMark.With(term.Origin, TerminalText.CleanLine(string.Join("; ", notes))), style.Of(term.Origin));
    }

    private void Separate() => _report.Append(_report.Length > 0 ? "\n" : "");
}
