using Spectre.Console;
using Spectre.Console.Rendering;
using Splade.AI.Explanation;

namespace Splade.Cli.Reports;

/// <summary>An explanation in a terminal. Where there are no colours, the texts are left out: they would show no highlights.</summary>
internal sealed class ReportView(ExplanationReport report) : Renderable
{
    /// <summary>Narrower, words cannot be told from each other.</summary>
    private const int LeastWidth = 40;

    /// <summary>Running text in longer lines is hard to read.</summary>
    private const int MostWidth = 120;

    private const int Indent = 2;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int width = Math.Clamp(maxWidth, LeastWidth, MostWidth);
        bool hasColors = options.ColorSystem != ColorSystem.NoColors;
        IEnumerable<IRenderable> spaced = Parts(width, hasColors).SelectMany(part => new[] { Text.Empty, part }).Skip(1);
        return Segment.SplitLines(((IRenderable)new Rows(spaced)).Render(options, width)).SelectMany(Trim);
    }

    // Columns are filled up with spaces.
    private static IEnumerable<Segment> Trim(SegmentLine line)
    {
        int last = line.FindLastIndex(segment => !string.IsNullOrWhiteSpace(segment.Text));
        IEnumerable<Segment> end = last < 0 ? [] : [new Segment(line[last].Text.TrimEnd(), line[last].Style)];
        return [.. line.Take(last), .. end, Segment.LineBreak];
    }

    private IEnumerable<IRenderable> Parts(int width, bool hasColors)
    {
        yield return new Text(report.Summary, ReportStyle.Strong);
        foreach (string warning in report.Warnings)
        {
            yield return new Text(warning, ReportStyle.Warning);
        }

        foreach ((string title, IReadOnlyList<ReportRun> runs) in hasColors ? report.Texts : [])
        {
            yield return new Rows(new Text(title, ReportStyle.Muted), new Padder(new ReportParagraph(runs), new Padding(Indent, 0, 0, 0)));
        }

        if (report.Heading is not null)
        {
            yield return ReportTable.Of(report, width);
        }

        if (report.Legend.Count > 0)
        {
            yield return Legend(hasColors);
        }

        foreach (string note in report.Notes)
        {
            yield return new Text(note);
        }
    }

    private Rows Legend(bool hasColors)
    {
        IEnumerable<Text> signs = report.Legend.Select(sign => new Text(sign.Text, ReportStyle.Of(sign)));
        string[] highlights = hasColors ? ["stronger highlight: it counts for more", "underlined: another place of a literal term"] : [];
        return new Rows(signs.Concat(highlights.Select(text => new Text(text, ReportStyle.Muted))));
    }
}
