using System.Globalization;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class MatchingCommandTests
{
    [Fact]
    public async Task Explain_SharedTerms_AddUpToTheTotal()
    {
        (int exitCode, string output, string error) = await SpladeProcess.RunAsync("explain", Files.Model, "why do tides rise", "The tide rises twice a day.");

        Assert.Equal((0, ""), (exitCode, error));
        string[][] rows = [.. output.TrimEnd().Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(["TERM", "QUERY", "DOCUMENT", "PRODUCT", "SHARE"], rows[0]);
        Assert.Equal("tide", rows[1][0]);
        Assert.Equal("total", rows[^1][0]);
        Assert.Equal(Number(rows[^1][1]), rows[1..^1].Sum(row => Number(row[3])), 3);
    }

    [Fact]
    public async Task Explain_NothingShared_HasATotalOfZero()
    {
        (int exitCode, string output, _) = await SpladeProcess.RunAsync("explain", Files.Model, "bread", "airplane");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^TERM [^\n]*\ntotal +0\.0000\n$", output);
    }

    [Fact]
    public async Task Compare_Passages_RanksThemAndNamesTheTerms()
    {
        (int exitCode, string output, _) = await SpladeProcess.RunAsync(
            "compare", Files.Model, "ocean tides", Files.Reference("encode-passages.jsonl"), "--top", "2");

        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(0, exitCode);
        Assert.Equal(5, lines.Length);
        Assert.Contains("line 1  The Moon pulls on the ocean", lines[0]);
        Assert.Contains("ocean ", lines[1]);
        Assert.Matches(@"^\d+ of 46 lines share a term with the query\.$", lines[^1]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
