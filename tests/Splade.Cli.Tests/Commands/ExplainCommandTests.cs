using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class ExplainCommandTests : IDisposable
{
    private const string Query = "why do ocean tides rise";
    private const string Document = "The tide of the ocean rises twice a day.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_Match_AddsUpToTheScore()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("explain", Files.Model, Query, Document);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.DoesNotContain(output, c => char.IsControl(c) && c != '\n');
        double score = Number(Regex.Match(output, @"^Score (?<score>[\d.]+) from \d+ of \d+ query terms; ").Groups["score"].Value);
        string[][] rows = [.. output.Split('\n').SkipWhile(line => !line.StartsWith("TERM ", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(["TERM", "QUERY", "DOCUMENT", "PRODUCT", "SHARE", "IN", "QUERY", "IN", "DOCUMENT"], rows[0]);
        Assert.Equal("score", rows[^1][0]);
        Assert.Equal(score, rows[1..^1].Sum(row => Number(row[3])), 2);
        Assert.All(rows[1..^1], row => Assert.Equal(Number(row[1]) * Number(row[2]), Number(row[3]), 2));
        Assert.Contains(rows, row => row[0] == "ocean" && row.TakeLast(4).SequenceEqual(["=", "ocean", "=", "ocean"]));
        Assert.Contains(rows, row => row[0] == "tide" && row.TakeLast(4).SequenceEqual(["+", "tides", "=", "tide"]));
    }

    [Fact]
    public async Task Explain_TextThatBeginsWithAt_IsAText()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("explain", Files.Model, "@ocean tides", "--no-spans", "--json");

        Assert.Equal((0, ""), (exitCode, error));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(5, json.RootElement.GetProperty("tokens").GetInt32());
    }

    [Fact]
    public async Task Explain_NothingShared_Warns()
    {
        (int exitCode, string output, _) = await SpladeCommand.RunAsync("explain", Files.Model, "bread", "airplane");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Score 0.0000 from 0 of ", output);
        Assert.Contains("have no term in common", output);
    }

    [Fact]
    public async Task Explain_OneText_ShowsItsTermsAndPieces()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("explain", Files.Model, "Chandrayaan landed on the moon", "--top", "3");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"^\d+ terms with a total weight of [\d.]+, [\d.]+ % of it literal and [\d.]+ % expansion; 9 tokens read\.\n", output);
        Assert.Matches(@"\n##ya +[\d.]+ +[\d.]+ % +█[^\n]*  = Chandrayaan\n", output);
        Assert.Matches(@"\n\d+ more +[\d.]+ +[\d.]+ %\n", output);
        Assert.Matches(@"\nWords in pieces: Chandrayaan [\d.]+ \(chandra [\d.]+ \+ ##ya [\d.]+ \+ ##an [\d.]+\)\n", output);
    }

    [Fact]
    public async Task Explain_EscapesInTheText_DoNotReachTheTerminal()
    {
        (int exitCode, string output, _) = await SpladeCommand.RunAsync("explain", Files.Model, "\e]0;owned\asea \e[31mred", "red\e[2J sea");

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(output, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public async Task Explain_Colors_AreThereWhenAskedForOnly()
    {
        (_, string always, _) = await SpladeCommand.RunAsync("explain", Files.Model, Query, Document, "--color", "always");
        (_, string never, _) = await SpladeCommand.RunAsync("explain", Files.Model, Query, Document, "--color", "never");

        Assert.Contains("\e[38;5;16;48;5;", always);
        Assert.DoesNotContain("\e", never);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task Explain_InATerminal_HasColorsUnlessNoColorIsSet(string noColor, bool hasColors)
    {
        if (await SpladeProcess.RunInTerminalAsync(new() { ["NO_COLOR"] = noColor, ["TERM"] = "xterm-256color" }, "explain", Files.Model, Query, Document)
            is not string output)
        {
            return;
        }

        Assert.Contains("Score ", output);
        Assert.Equal(hasColors, output.Contains("\e[38;5;16;48;5;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_Html_IsAPageBesideTheText()
    {
        string file = _folder.PathOf("match.html");
        (int exitCode, string output, _) = await SpladeCommand.RunAsync("explain", Files.Model, Query, Document, "--html", file);
        (_, string page, _) = await SpladeCommand.RunAsync("explain", Files.Model, Query, Document, "--html", "-");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Score ", output);
        Assert.StartsWith("<!DOCTYPE html>\n", page);
        Assert.Equal(page, await File.ReadAllTextAsync(file));
        Assert.Matches("<mark [^>]*title=\"[^\"]*= ocean [\\d.]+[^\"]*\">ocean</mark>", page);
    }

    [Fact]
    public async Task Explain_JsonOfAMatch_IsOneLine()
    {
        (int exitCode, string output, _) = await SpladeCommand.RunAsync("explain", Files.Model, Query, Document, "--json", "--top", "2");

        JsonElement line = Assert.Single(Files.ParseLines(output));
        Assert.Equal(0, exitCode);
        Assert.Equal(2, line.GetProperty("terms").GetArrayLength());
        Assert.True(line.GetProperty("termCount").GetInt32() > 2);
        JsonElement term = line.GetProperty("terms")[0];
        double product = (double)term.GetProperty("query").GetProperty("weight").GetSingle() * term.GetProperty("document").GetProperty("weight").GetSingle();
        Assert.Equal(product, term.GetProperty("contribution").GetDouble(), 6);
    }

    [Fact]
    public async Task Explain_LongText_IsExplainedToItsEndWhereAskedFor()
    {
        string text = $"{string.Join(' ', Enumerable.Repeat("retrieval", 600))} of bread";
        (_, string cut, _) = await SpladeCommand.RunAsync("explain", Files.Model, text, "--json");
        (int exitCode, string output, _) = await SpladeCommand.RunAsync("explain", Files.Model, text, "--json", "--long-text", "max", "--overlap", "9");

        Assert.Equal(0, exitCode);
        Assert.True(Assert.Single(Files.ParseLines(cut)).GetProperty("truncated").GetBoolean());
        JsonElement line = Assert.Single(Files.ParseLines(output));
        Assert.Equal((604, false), (line.GetProperty("tokens").GetInt32(), line.GetProperty("truncated").GetBoolean()));
        JsonElement bread = line.GetProperty("terms").EnumerateArray().Single(t => t.GetProperty("term").GetString() == "bread");
        Assert.Equal([text.Length - 5, text.Length], bread.GetProperty("span").EnumerateArray().Select(s => s.GetInt32()));
    }

    [Fact]
    public async Task Explain_LongTextThatIsRefused_IsNamed()
    {
        string text = string.Join(' ', Enumerable.Repeat("retrieval", 600));
        (int exitCode, _, string document) = await SpladeCommand.RunAsync("explain", Files.Model, "bread", text, "--long-text", "throw");
        (_, _, string line) = await SpladeCommand.PipeAsync($"bread\n{text}\n", "explain", Files.Model, "--long-text", "throw");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("splade: The document has 602 tokens, and at most 512 are read.", document);
        Assert.StartsWith("splade: Line 2 of the input has 602 tokens, and at most 512 are read.", line);
    }

    [Theory]
    [InlineData("one two --input texts.txt", "--input is for texts")]
    [InlineData("one two --query", "--query is for texts")]
    [InlineData("--html page.html", "--html writes one page")]
    [InlineData("one two three", "three")]
    [InlineData("one --color sometimes", "sometimes")]
    [InlineData("one --top 0", "--top is '0'")]
    public async Task Explain_WrongUsage_IsToldInOneLine(string arguments, string problem)
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(["explain", Files.Model, .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(problem, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
