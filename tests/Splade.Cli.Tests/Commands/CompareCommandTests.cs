using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class CompareCommandTests
{
    [Fact]
    public async Task Compare_Passages_RanksThemAndNamesTheTerms()
    {
        (int exitCode, string output, _) = await SpladeCommand.RunAsync(
            "compare", Files.Model, "ocean tides", Files.Reference("encode-passages.jsonl"), "--top", "2");

        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(0, exitCode);
        Assert.Equal(5, lines.Length);
        Assert.Contains("line 1  The Moon pulls on the ocean", lines[0]);
        Assert.Contains("ocean ", lines[1]);
        Assert.Matches(@"^\d+ of 46 lines share a term with the query\.$", lines[^1]);
    }
}
