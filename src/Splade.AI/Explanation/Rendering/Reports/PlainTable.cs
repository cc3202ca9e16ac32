using System.Text;
using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Reports;

/// <summary>The table of a report in columns as wide as what is in them, or as there is room for.</summary>
internal sealed class PlainTable
{
    private const string Gap = "  ";

    /// <summary>Words are cut to no less than this.</summary>
    private const int LeastWords = 8;

    private readonly string[][] _rows;

    /// <summary>The numbers stand between the term and the bar, and after it the words.</summary>
    private readonly int _bar;

    /// <param name="heading">The titles of the columns.</param>
    /// <param name="rows">The rows.</param>
    public PlainTable(ReportRow heading, IReadOnlyList<ReportRow> rows)
    {
        _rows = [.. rows.Prepend(heading).Select(row => (string[])[row.Term.Text, .. row.Numbers, row.Bar, .. row.Sources.Select(s => s.Text)])];
        _bar = 1 + heading.Numbers.Count;
    }

    public string Write(int width)
    {
        int[] widths = [.. _rows[0].Select((_, i) => _rows.Max(row => i < row.Length ? TextElements.Count(row[i]) : 0))];
        Narrow(widths, width - ((widths.Length - 1) * Gap.Length));
        var text = new StringBuilder();
        foreach (string[] row in _rows)
        {
            text.Append(string.Join(Gap, row.Select((cell, i) => Pad(TextElements.Fit(cell, widths[i]), widths[i], IsNumber(i)))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string Pad(string cell, int width, bool isRight)
    {
        string padding = new(' ', width - TextElements.Count(cell));
        return isRight ? padding + cell : cell + padding;
    }

    // The widest columns of words first, until there is room or all are as narrow as they may be.
    private void Narrow(int[] widths, int room)
    {
        while (widths.Sum() > room)
        {
            int widest = Enumerable.Range(0, widths.Length).Where(IsWords).MaxBy(i => widths[i]);
            if (widths[widest] <= LeastWords)
            {
                return;
            }

            widths[widest]--;
        }
    }

    private bool IsNumber(int column) => column > 0 && column < _bar;

    private bool IsWords(int column) => column == 0 || column > _bar;
}
