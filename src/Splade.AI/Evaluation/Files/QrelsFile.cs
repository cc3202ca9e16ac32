using System.Globalization;

namespace Splade.AI.Evaluation.Files;

/// <summary>Judgments in a file: BEIR's three columns with a header, or TREC's four without.</summary>
internal static class QrelsFile
{
    private const int BeirColumns = 3;
    private const int TrecColumns = 4;
    private const string Expected = "Expected BEIR's form (a header, then query, document and grade by tabs) or TREC's (query, 0, document, grade)";

    /// <inheritdoc cref="RelevanceJudgments.Load"/>
    public static RelevanceJudgments Read(string path)
    {
        try
        {
            return new RelevanceJudgments(ReadAll(path));
        }
        catch (ArgumentException e) when (e.ParamName == "judgments")
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static IEnumerable<(string Query, string Document, int Grade)> ReadAll(string path)
    {
        int columns = 0;
        foreach ((int number, string line) in DataLines.Read(path))
        {
            string[] fields = Split(line, columns);
            if (columns == 0)
            {
                columns = ColumnsOf(path, number, fields);
                if (columns == BeirColumns)
                {
                    continue;
                }
            }

            if (fields.Length != columns)
            {
                DataLines.Fail(path, number, $"Found {fields.Length} columns, expected {columns} as in the lines before.");
            }

            if (!int.TryParse(fields[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int grade))
            {
                DataLines.Fail(path, number, $"Found the grade '{fields[^1]}', expected a whole number.");
            }

            yield return (fields[0], fields[^2], grade);
        }

        if (columns == 0)
        {
            throw new InvalidDataException($"{path}: There is no line in it. {Expected}.");
        }
    }

    // A tab-separated id may hold spaces; TREC's columns are separated by any of both.
    private static string[] Split(string line, int columns) => columns != TrecColumns && line.Count(c => c == '\t') == BeirColumns - 1
        ? line.Split('\t', StringSplitOptions.TrimEntries)
        : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static int ColumnsOf(string path, int number, string[] fields)
    {
        if (fields.Length == TrecColumns)
        {
            return TrecColumns;
        }

        if (fields.Length != BeirColumns)
        {
            DataLines.Fail(path, number, $"Found {fields.Length} columns. {Expected}.");
        }

        if (int.TryParse(fields[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            DataLines.Fail(path, number, $"Found {BeirColumns} columns and no header: the last is a number. {Expected}.");
        }

        return BeirColumns;
    }
}
