using Spectre.Console;
using Spectre.Console.Rendering;
using Splade.AI.Explanation;

namespace Splade.Cli.Reports;

/// <summary>
/// The table of a report. Where there is little room, words are broken, the bars are left out, and the first half of the numbers or all but the last.
/// </summary>
internal static class ReportTable
{
    private const int Gap = 2;

    /// <summary>Words are told from each other by so much of them.</summary>
    private const int LeastWords = 13;

    public static IRenderable Of(ExplanationReport report, int width)
    {
        ReportRow heading = report.Heading!;
        ReportRow[] rows = [heading, .. report.Rows];
        int[] numbers = [.. heading.Numbers.Select((_, i) => Gap + rows.Max(row => row.Numbers[i].Length))];
        IEnumerable<int> sources = heading.Sources.Select((_, i) => Gap + rows.Max(row => row.Sources.ElementAtOrDefault(i)?.Text.Length ?? 0));
        int[] words = [rows.Max(row => row.Term.Text.Length), .. sources];
        int room = width - words.Sum(cells => Math.Min(cells, LeastWords + Gap));
        int left = new[] { 0, numbers.Length / 2 }.FirstOrDefault(i => numbers[i..].Sum() <= room, numbers.Length - 1);
        bool hasBars = left == 0 && numbers.Sum() + Gap + rows.Max(row => row.Bar.Length) <= room;

        var grid = new Grid();
        AddColumn(grid, column => column.Padding(0, 0, 0, 0));
        foreach (int _ in numbers[left..])
        {
            AddColumn(grid, column => column.NoWrap().RightAligned());
        }

        if (hasBars)
        {
            AddColumn(grid, column => column.NoWrap());
        }

        foreach (ReportRun _ in heading.Sources)
        {
            AddColumn(grid, column => column);
        }

        foreach (ReportRow row in rows)
        {
            bool isHeading = row == heading;
            Text[] bar = hasBars ? [new Text(row.Bar, ReportStyle.Of(row.Term))] : [];
            grid.AddRow(
            [
                Cell(row.Term, isHeading),
                .. row.Numbers.Skip(left).Select(number => Cell(new ReportRun(number), isHeading)),
                .. bar,
                .. row.Sources.Select(source => Cell(source, isHeading)),
            ]);
        }

        return grid;
    }

    private static void AddColumn(Grid grid, Func<GridColumn, GridColumn> configure) =>
        grid.AddColumn(configure(new GridColumn().Padding(Gap, 0, 0, 0)));

    private static Text Cell(ReportRun run, bool isHeading) => new(run.Text, isHeading ? ReportStyle.Muted : ReportStyle.Of(run));
}
