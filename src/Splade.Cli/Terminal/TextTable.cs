using System.Text;
using Splade.AI.Display;

namespace Splade.Cli.Terminal;

/// <summary>Lines of words in columns, as wide as their longest word.</summary>
/// <param name="header">The column titles. A title that begins with a space has its column aligned to the right.</param>
internal sealed class TextTable(params string[] header)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [Array.ConvertAll(header, title => TerminalText.CleanLine(title.TrimStart()))];

    public void Add(params string[] row) => _rows.Add(Array.ConvertAll(row, TerminalText.CleanLine));

    public override string ToString()
    {
        int[] widths = [.. header.Select((_, column) => _rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select((cell, i) => header[i].StartsWith(' ') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append(string.Join(Gap, cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
