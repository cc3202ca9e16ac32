using Spectre.Console;
using Spectre.Console.Rendering;
using Splade.AI.Explanation;

namespace Splade.Cli.Reports;

/// <summary>A text with its highlights.</summary>
/// <remarks>Spectre breaks lines between runs too, as between a word and its comma: here only where it would break the text as a whole.</remarks>
internal sealed class ReportParagraph(IReadOnlyList<ReportRun> runs) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        string text = string.Concat(runs.Select(run => run.Text));
        var lines = new List<IRenderable>();
        int start = 0;
        foreach (SegmentLine line in Segment.SplitLines(((IRenderable)new Text(text)).Render(options, maxWidth)))
        {
            string shown = string.Concat(line.Select(segment => segment.Text)).TrimEnd();
            start = text.IndexOf(shown, start, StringComparison.Ordinal);
            lines.Add(Line(start, start + shown.Length));
            start += shown.Length;
        }

        return ((IRenderable)new Rows(lines)).Render(options, maxWidth);
    }

    private Paragraph Line(int start, int end)
    {
        var line = new Paragraph();
        int at = 0;
        foreach (ReportRun run in runs)
        {
            int from = Math.Clamp(start - at, 0, run.Text.Length), to = Math.Clamp(end - at, 0, run.Text.Length);
            line.Append(run.Text[from..to], ReportStyle.Of(run));
            at += run.Text.Length;
        }

        return line;
    }
}
