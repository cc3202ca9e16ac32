using System.Text.RegularExpressions;
using Splade.AI.Explanation;
using Splade.AI.Explanation.Rendering.Terminal;

namespace Splade.AI.Tests.Explanation.Rendering.Terminal;

/// <summary>What is sent to terminals cannot command them, and keeps its columns.</summary>
public sealed partial class TerminalRenderingTests
{
    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Reports_AnyCharacters_ControlNothingButColours(int seed)
    {
        TextExplanation text = RandomExplanations.Create(seed);
        MatchExplanation match = RandomExplanations.CreateMatch(seed);
        AssertHarmless(text.ToText());
        AssertHarmless(match.ToText());
        AssertHarmless(Colour().Replace(text.ToAnsi(), ""));
        AssertHarmless(Colour().Replace(match.ToAnsi(), ""));
    }

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Ansi_EveryColour_EndsOnItsLine(int seed)
    {
        string report = RandomExplanations.CreateMatch(seed).ToAnsi();
        Assert.All(report.Split('\n'), line => Assert.Equal(
            Enumerable.Repeat(false, Colour().Count(line) / 2).SelectMany(_ => new[] { false, true }),
            Colour().Matches(line).Select(m => m.Value == "\e[0m")));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public void Ansi_LongText_IsBrokenAtSpacesAndNothingIsLost(int width)
    {
        string text = string.Join(' ', Enumerable.Range(0, 60).Select(i => new string((char)('a' + (i % 26)), 1 + (i % 11))).Append(new string('x', 250))) + " end";
        ExplainedTerm end = HandMade.Term(1, "end", 1, TermOrigin.Literal, new TermSource(1, new(text.Length - 3, text.Length), 1));
        TextExplanation explanation = HandMade.Text(text, [end], []);
        string[] lines = [.. Colour().Replace(explanation.ToAnsi(new RenderingOptions { Width = width }), "")
            .Split('\n').SkipWhile(line => line != "text").Skip(1).TakeWhile(line => line.Length > 0)];
        Assert.All(lines, line => Assert.InRange(CellWidth.Of(line), 1, width));
        Assert.Equal(Packed(text), Packed(string.Concat(lines)));
        string[] words = text.Split(' ');
        Assert.All(lines.SelectMany(line => line.Split(' ')).Where(word => word.Trim('x').Length > 0), word => Assert.Contains(word, words));
    }

    [Theory]
    [InlineData("moon", "中文", "한국어")]
    [InlineData("é", "e\u0301", "नमस्ते")]
    [InlineData("🌊", "👩‍🚀", "🇮🇳")]
    public void Table_TermsOfAnyScript_KeepTheColumns(params string[] tokens)
    {
        ExplainedTerm[] terms = [.. tokens.Select((t, i) => HandMade.Term(i + 1, t, 1, TermOrigin.Expansion))];
        string[] lines = HandMade.Text("", terms, []).ToText().Split('\n');
        int[] places = [.. lines.Where(line => line.Contains("1.000", StringComparison.Ordinal))
            .Select(line => CellWidth.Of(line[..line.IndexOf("1.000", StringComparison.Ordinal)]))];
        Assert.Equal(tokens.Length, places.Length);
        Assert.Single(places.Distinct());
    }

    [Fact]
    public void Table_WordsTooLong_AreCutToTheWidth()
    {
        string word = new('w', 200);
        ExplainedTerm term = HandMade.Term(1, word, 1, TermOrigin.Literal, new TermSource(1, new(0, 200), 1), [new(0, 200)]);
        string[] lines = HandMade.Text(word, [term], []).ToText(new RenderingOptions { Width = 60 }).Split('\n');
        Assert.All(lines, line => Assert.InRange(CellWidth.Of(line), 0, 60));
        Assert.Equal(2, lines.Single(line => line.Contains(" 1.000 ", StringComparison.Ordinal)).Count(c => c == '…'));
    }

    [Fact]
    public void Ansi_TextThatWasCut_EndsWhereItWasRead()
    {
        TextExplanation explanation = HandMade.Document with { Text = HandMade.Document.Text + " never read", Truncated = true };
        Assert.DoesNotContain("never read", explanation.ToAnsi());
        Assert.Contains("…", explanation.ToAnsi());
    }

    private static string Packed(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static void AssertHarmless(string report)
    {
        Assert.DoesNotContain(report, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain(report, c => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029');
    }

    [GeneratedRegex(@"\e\[[0-9;]+m")]
    private static partial Regex Colour();
}
