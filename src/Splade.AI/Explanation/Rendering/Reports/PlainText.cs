using System.Globalization;
using System.Text;

namespace Splade.AI.Explanation.Rendering.Reports;

/// <summary>A report as text: paragraphs of a width in characters, with an empty line between them, and without the highlighted texts.</summary>
internal static class PlainText
{
    private const string LegendGap = "   ";

    public static string Write(ExplanationReport report, int width)
    {
        List<string> parts = [Wrap(report.Summary, width), .. report.Warnings.Select(warning => Wrap(warning, width))];
        if (report.Heading is ReportRow heading)
        {
            parts.Add(new PlainTable(heading, report.Rows).Write(width));
        }

        if (report.Legend.Count > 0)
        {
            parts.Add(Pack(report.Legend.Select(sign => sign.Text), width));
        }

        parts.AddRange(report.Notes.Select(note => Wrap(note, width)));
        return string.Join('\n', parts);
    }

    /// <summary>Breaks a text into lines where it has spaces, or anywhere in words that are longer than a line.</summary>
    private static string Wrap(string text, int width)
    {
        var lines = new StringBuilder();
        for (int start = 0; start < text.Length;)
        {
            (int end, int next) = FindEnd(text, start, width);
            lines.Append(text, start, end - start).Append('\n');
            start = next;
        }

        return lines.ToString();
    }

    /// <summary>Where a line ends, and where the next one begins.</summary>
    private static (int End, int Next) FindEnd(string text, int start, int width)
    {
        int characters = 0;
        int space = -1;
        for (int at = start; at < text.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(text, at);
            characters++;
            if (text[at] == '\n')
            {
                return (at, at + length);
            }

            if (char.IsWhiteSpace(text[at]))
            {
                space = at;
            }
            else if (characters > width)
            {
                return space > start ? (space, space + 1) : (at, at);
            }

            at += length;
        }

        return (text.Length, text.Length);
    }

    // As many on a line as there is room for.
    private static string Pack(IEnumerable<string> items, int width)
    {
        string lines = "", line = "";
        foreach (string item in items)
        {
            bool fits = line.Length == 0 || line.Length + LegendGap.Length + item.Length <= width;
            lines += fits ? "" : $"{line}\n";
            line = fits && line.Length > 0 ? line + LegendGap + item : item;
        }

        return $"{lines}{line}\n";
    }
}
