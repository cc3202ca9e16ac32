using System.Text;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>Rows of cells in columns, as wide as what is in them or as there is room for.</summary>
internal sealed class TerminalTable(TerminalStyle style, params Column[] columns)
{
    private const string Gap = "  ";

    /// <summary>Words are cut to no less than this.</summary>
    private const int LeastWords = 8;

    private readonly List<Cell[]> _rows = [Array.ConvertAll(columns, c => new Cell(c.Title, style.Muted))];

    public void Add(params Cell[] row) => _rows.Add(row);

    public void AppendTo(StringBuilder report, int width)
    {
        int[] widths = [.. columns.Select((_, i) => _rows.Max(row => CellWidth.Of(row[i].Text)))];
        Narrow(widths, width - ((columns.Length - 1) * Gap.Length));
        foreach (Cell[] row in _rows)
        {
            int last = Array.FindLastIndex(row, c => c.Text.Length > 0);
            for (int i = 0; i <= last; i++)
            {
                report.Append(i > 0 ? Gap : "");
                Append(report, row[i], columns[i].IsRight, widths[i], isLast: i == last);
            }

            report.Append('\n');
        }
    }

    // The widest columns of words first, until there is room or all are as narrow as they may be.
    private void Narrow(int[] widths, int room)
    {
        while (widths.Sum() > room)
        {
            int widest = Enumerable.Range(0, widths.Length).Where(i => columns[i].IsWords).MaxBy(i => widths[i]);
            if (widths[widest] <= LeastWords || !columns[widest].IsWords)
            {
                return;
            }

            widths[widest]--;
        }
    }

    private static void Append(StringBuilder report, Cell cell, bool isRight, int width, bool isLast)
    {
        string text = CellWidth.Fit(cell.Text, width);
        int padding = width - CellWidth.Of(text);
        report.Append(' ', isRight ? padding : 0).Append(cell.Paint?.Invoke(text) ?? text).Append(' ', isRight || isLast ? 0 : padding);
    }
}
