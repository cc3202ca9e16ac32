using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Rendering;
using Splade.AI.Explanation;
using Splade.Cli.Reports;
using Splade.Cli.Terminal;
using Splade.Testing.Explanation;

namespace Splade.Cli.Tests.Reports;

/// <summary>What is sent to terminals cannot command them, keeps its columns, and is what somebody has looked at.</summary>
public sealed partial class ReportViewTests
{
    private static readonly string Approved = Path.Combine(Repository.Root, "tests", "Splade.Cli.Tests", "TestData", "renderings");

    private static readonly Dictionary<string, Func<string>> Forms = new()
    {
        ["text.ansi"] = () => Draw(HandMade.Query.ToReport()),
        ["match.ansi"] = () => Draw(HandMade.Match.ToReport()),
        ["match-narrow.ansi"] = () => Draw(HandMade.Match.ToReport(new RenderingOptions { Top = 1 }), width: 60),
        ["match-narrowest.ansi"] = () => Draw(HandMade.Match.ToReport(), width: 20),
        ["match-plain.txt"] = () => Draw(HandMade.Match.ToReport(), hasColors: false),
        ["policy.ansi"] = () => Draw(HandMade.UnderPolicy.ToReport()),
        ["policy-match.ansi"] = () => Draw(HandMade.MatchUnderPolicy.ToReport()),
        ["vectors.ansi"] = () => Draw(HandMade.MatchOfVectors.ToReport()),
    };

    public static TheoryData<string> Names => new(Forms.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Form_OfAReport_IsTheApprovedOne(string name) => ApprovedText.AssertSame(Path.Combine(Approved, name), Forms[name]());

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Reports_AnyCharacters_ControlNothingButColours(int seed)
    {
        AssertHarmless(Draw(RandomExplanations.Create(seed).ToReport(), hasColors: false));
        AssertHarmless(Draw(RandomExplanations.CreateMatch(seed).ToReport(), hasColors: false));
        AssertHarmless(Colour().Replace(Draw(RandomExplanations.Create(seed).ToReport()), ""));
        AssertHarmless(Colour().Replace(Draw(RandomExplanations.CreateMatch(seed).ToReport()), ""));
    }

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Ansi_EveryColour_EndsOnItsLine(int seed)
    {
        string report = Draw(RandomExplanations.CreateMatch(seed).ToReport());
        Assert.All(report.Split('\n'), line => Assert.Equal(
            Enumerable.Repeat(false, Colour().Count(line) / 2).SelectMany(_ => new[] { false, true }),
            Colour().Matches(line).Select(m => m.Value == "\e[0m")));
    }

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Ansi_AnyText_IsShownWithNothingButSpacesLost(int seed)
    {
        (string Title, IReadOnlyList<ReportRun> Runs) text = RandomExplanations.Create(seed).ToReport().Texts[0];
        string shown = Colour().Replace(Draw(new ExplanationReport { Summary = "", Texts = [text] }, width: 40), "");
        Assert.Equal(Packed(text.Title + string.Concat(text.Runs.Select(run => run.Text))), Packed(shown));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public void Ansi_LongText_IsBrokenAtSpacesAndNothingIsLost(int width)
    {
        IEnumerable<string> shortWords = Enumerable.Range(0, 60).Select(i => new string((char)('a' + (i % 26)), 1 + (i % 11)));
        string text = string.Join(' ', [.. shortWords, new string('x', 250), "end"]);
        ExplainedTerm end = HandMade.Term(1, "end", 1, TermOrigin.Literal, new TermSource(1, new(text.Length - 3, text.Length), 1));
        string[] lines = [.. Colour().Replace(Draw(HandMade.Text(text, [end], []).ToReport(), width), "")
            .Split('\n').SkipWhile(line => line != "text").Skip(1).TakeWhile(line => line.Length > 0)];
        Assert.All(lines, line => Assert.InRange(Cells(line), 1, width));
        Assert.Equal(Packed(text), Packed(string.Concat(lines)));
        string[] words = text.Split(' ');
        Assert.All(lines.SelectMany(line => line.Split(' ')).Where(word => word.Trim('x').Length > 0), word => Assert.Contains(word, words));
    }

    [Fact]
    public void Ansi_HighlightAtTheEndOfALine_TakesItsCommaAlong()
    {
        string text = $"{new string('a', 32)} ocean, and more";
        ExplainedTerm term = HandMade.Term(1, "ocean", 1, TermOrigin.Literal, new TermSource(1, new(33, 38), 1));
        Assert.Contains("  \e[38;5;16;48;5;208mocean\e[0m, and more\n", Draw(HandMade.Text(text, [term], []).ToReport(), width: 40));
    }

    [Theory]
    [InlineData("moon", "中文", "한국어")]
    [InlineData("é", "e\u0301", "नमस्ते")]
    [InlineData("🌊", "👩‍🚀", "🇮🇳")]
    public void Table_TermsOfAnyScript_KeepTheColumns(params string[] tokens)
    {
        ExplainedTerm[] terms = [.. tokens.Select((t, i) => HandMade.Term(i + 1, t, 1, TermOrigin.Expansion))];
        string[] lines = Draw(HandMade.Text("", terms, []).ToReport(), hasColors: false).Split('\n');
        int[] places = [.. lines.Where(line => line.Contains("1.000", StringComparison.Ordinal))
            .Select(line => Cells(line[..line.IndexOf("1.000", StringComparison.Ordinal)]))];
        Assert.Equal(tokens.Length, places.Length);
        Assert.Single(places.Distinct());
    }

    [Theory]
    [InlineData("中文", 4)]
    [InlineData("한국어", 6)]
    [InlineData("👩‍🚀", 2)]
    [InlineData("🇮🇳", 2)]
    [InlineData("e\u0301", 1)]
    public void Table_WideTerm_IsFilledUpByItsCells(string token, int cells)
    {
        ExplainedTerm[] terms = [HandMade.Term(1, token, 1, TermOrigin.Expansion), HandMade.Term(2, "firmament", 1, TermOrigin.Expansion)];
        string report = Draw(HandMade.Text("", terms, []).ToReport(), hasColors: false);
        Assert.Contains($"\n{token}{new string(' ', 9 - cells)}   1.000", report);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public void Table_WordsTooLong_AreBrokenWithinTheWidth(int width)
    {
        string word = new('z', 200);
        ExplainedTerm term = HandMade.Term(1, word, 1, TermOrigin.Literal, new TermSource(1, new(0, 200), 1), [new(0, 200)]);
        string report = Draw(HandMade.Text(word, [term], []).ToReport(), width, hasColors: false);
        Assert.All(report.Split('\n'), line => Assert.InRange(Cells(line), 0, width));
        Assert.Equal(400, report.Count(c => c == 'z'));
    }

    [Fact]
    public void Ansi_TextThatWasCut_EndsWhereItWasRead()
    {
        TextExplanation explanation = HandMade.Document with { Text = HandMade.Document.Text + " never read", Truncated = true };
        Assert.DoesNotContain("never read", Draw(explanation.ToReport()));
        Assert.Contains("…", Draw(explanation.ToReport()));
    }

    private static string Draw(ExplanationReport report, int width = 100, bool hasColors = true)
    {
        using var text = new StringWriter { NewLine = "\n" };
        TerminalOutput.Open(text, hasColors, width).Write(new ReportView(report));
        return text.ToString();
    }

    private static int Cells(string line) => Segment.CellCount([new Segment(line)]);

    private static string Packed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static void AssertHarmless(string report)
    {
        Assert.DoesNotContain(report, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain(report, c => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029');
    }

    [GeneratedRegex(@"\e\[[0-9;]+m")]
    private static partial Regex Colour();
}
