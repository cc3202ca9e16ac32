using System.Globalization;

namespace Splade.AI.Evaluation.Files;

/// <summary>Judgments in a file: BEIR's three columns between tabs with a header, or TREC's four between blanks without.</summary>
internal static class QrelsFile
{
    private const int BeirColumns = 3;
    private const int TrecColumns = 4;
    private const string Forms = "BEIR's form (a header, then query, document and grade between tabs) or TREC's (query, 0, document, grade)";
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>The judgments, each pair of a query and a document once.</summary>
    /// <exception cref="InvalidDataException">A line is wrong, or two lines give a pair different grades.</exception>
    public static IReadOnlyList<FileJudgment> Read(string path)
    {
        var judgments = new Dictionary<(string Query, string Document), FileJudgment>();
        foreach (FileJudgment judgment in ReadLines(path))
        {
            (string query, string document, int grade, int line) = judgment;
            if (!judgments.TryAdd((query, document), judgment) && judgments[(query, document)] is var first && first.Grade != grade)
            {
                DataLines.Fail(
                    path, line, $"Document '{document}' has the grades {first.Grade} (line {first.Line}) and {grade} for query '{query}', expected one.");
            }
        }

        return [.. judgments.Values];
    }

    private static IEnumerable<FileJudgment> ReadLines(string path)
    {
        int columns = 0;
        foreach ((int number, string line) in DataLines.Read(path))
        {
            if (columns == 0)
            {
                columns = ColumnsOf(path, number, line);
                if (columns == BeirColumns)
                {
                    continue;
                }
            }

            string[] fields = Split(path, number, line, columns);
            if (!int.TryParse(fields[^1], Whole, CultureInfo.InvariantCulture, out int grade))
            {
                DataLines.Fail(path, number, $"Found the grade '{fields[^1]}', expected a whole number.");
            }

            yield return new FileJudgment(fields[0], fields[^2], grade, number);
        }

        if (columns == 0)
        {
            throw new InvalidDataException($"{path}: There is no line in it. Expected {Forms}.");
        }
    }

    private static string[] Split(string path, int number, string line, int columns)
    {
        string[]? fields = columns == TrecColumns ? Blanks.Split(line) : TabSeparated.Split(line);
        if (fields is null)
        {
            DataLines.Fail(path, number, "Found a quotation mark that is not closed. Close it, or write it twice within a column in quotation marks.");
        }

        if (fields.Length != columns)
        {
            string separators = columns == TrecColumns ? "blanks" : "tabs";
            DataLines.Fail(path, number, $"Found {fields.Length} columns, expected {columns} between {separators} as in the lines before.");
        }

        return fields;
    }

    // The first line decides the form.
    private static int ColumnsOf(string path, int number, string line)
    {
        string[] fields = TabSeparated.Split(line) ?? [];
        if (fields.Length == BeirColumns && !double.TryParse(fields[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return BeirColumns;
        }

        int count = Blanks.Split(line).Length;
        if (count != TrecColumns)
        {
            string found = fields.Length == BeirColumns ? $"{BeirColumns} columns and no header: the last is a number" : $"{count} columns";
            DataLines.Fail(path, number, $"Found {found}. Expected {Forms}.");
        }

        return TrecColumns;
    }
}
