using System.Globalization;
using System.Text;
using Splade.AI.Display;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>A highlighted text, broken into lines where it has spaces, or anywhere in words that are longer than a line.</summary>
internal sealed class WrappedText
{
    private readonly HighlightedText _text;
    private readonly string _clean;
    private readonly TerminalStyle _style;
    private readonly int _width;

    /// <param name="text">The text.</param>
    /// <param name="style">How highlights look.</param>
    /// <param name="width">The cells of a line.</param>
    public WrappedText(HighlightedText text, TerminalStyle style, int width)
    {
        _text = text;
        _clean = TerminalText.Clean(text.Text);
        _style = style;
        _width = width;
    }

    /// <summary>Appends the text up to a place, each line with an indent and an end.</summary>
    public void AppendTo(StringBuilder report, int end, string indent)
    {
        int run = 0;
        foreach (TokenOffset line in Lines(Math.Min(end, _clean.Length)))
        {
            report.Append(indent);
            AppendLine(report, line, ref run);
            report.Append('\n');
        }
    }

    private IEnumerable<TokenOffset> Lines(int end)
    {
        for (int start = 0; start < end;)
        {
            (int lineEnd, int next) = FindEnd(start, end);
            yield return new TokenOffset(start, lineEnd);
            start = next;
        }
    }

    /// <summary>Where a line ends, and where the next one begins.</summary>
    private (int End, int Next) FindEnd(int start, int end)
    {
        int cells = 0;
        int space = -1;
        for (int at = start; at < end;)
        {
            int length = StringInfo.GetNextTextElementLength(_clean, at);
            if (_clean[at] == '\n')
            {
                return (at, at + length);
            }

            cells += CellWidth.OfElement(_clean.AsSpan(at, length));
            if (char.IsWhiteSpace(_clean[at]))
            {
                space = at;
            }
            else if (cells > _width)
            {
                return space > start ? (space, space + 1) : (Math.Max(at, start + length), Math.Max(at, start + length));
            }

            at += length;
        }

        return (end, end);
    }

    // Lines and runs are both in the order of the text.
    private void AppendLine(StringBuilder report, TokenOffset line, ref int run)
    {
        while (run < _text.Runs.Count && _text.Runs[run].Span.End <= line.Start)
        {
            run++;
        }

        for (int i = run; i < _text.Runs.Count && _text.Runs[i].Span.Start < line.End; i++)
        {
            (TokenOffset span, Highlight? highlight) = _text.Runs[i];
            string part = _clean[Math.Max(span.Start, line.Start)..Math.Min(span.End, line.End)];
            report.Append(highlight is null ? part : _style.Highlight(part, highlight.Origin, _text.Intensity(highlight)));
        }
    }
}
