using System.Text;

namespace Splade.AI.Evaluation.Files;

/// <summary>Lines of columns between tabs, as the csv reader of Python, which BEIR uses, reads them.</summary>
/// <remarks>
/// A column that begins with a quotation mark goes on to the next one, tabs included; two of them stand for one. A mark within a column that
/// does not begin with one is a character like others, and so are spaces.
/// </remarks>
internal static class TabSeparated
{
    private const char Tab = '\t';
    private const char Quote = '"';

    /// <summary>The columns of a line; null if a quotation mark is not closed in it.</summary>
    public static string[]? Split(string line)
    {
        var columns = new List<string>();
        for (int at = 0; ; at++)
        {
            if (Read(line, ref at) is not string column)
            {
                return null;
            }

            columns.Add(column);
            if (at == line.Length)
            {
                return [.. columns];
            }
        }
    }

    // Leaves the place at the tab behind the column, or at the end.
    private static string? Read(string line, ref int at)
    {
        var column = new StringBuilder();
        if (at < line.Length && line[at] == Quote && !ReadQuoted(line, ref at, column))
        {
            return null;
        }

        int end = line.IndexOf(Tab, at);
        end = end < 0 ? line.Length : end;
        column.Append(line, at, end - at);
        at = end;
        return column.ToString();
    }

    private static bool ReadQuoted(string line, ref int at, StringBuilder column)
    {
        for (at++; at < line.Length; at++)
        {
            if (line[at] == Quote && (++at == line.Length || line[at] != Quote))
            {
                return true;
            }

            column.Append(line[at]);
        }

        return false;
    }
}
