using System.Globalization;
using Splade.AI.Explanation;
using Splade.Testing.Explanation;

namespace Splade.AI.Tests.Explanation.Rendering.Reports;

/// <summary>Plain text cannot command a terminal, and keeps its columns.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void ToText_AnyCharacters_ControlsNothing(int seed)
    {
        AssertHarmless(RandomExplanations.Create(seed).ToText());
        AssertHarmless(RandomExplanations.CreateMatch(seed).ToText());
    }

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void ToReport_AnyCharacters_ControlsNothingAndHasTheText(int seed)
    {
        TextExplanation explanation = RandomExplanations.Create(seed) with { Truncated = false };
        (string Title, IReadOnlyList<ReportRun> Runs) text = Assert.Single(explanation.ToReport().Texts);
        Assert.All(text.Runs, run => AssertHarmless(run.Text));
        Assert.Equal(explanation.Text.Length, text.Runs.Sum(run => run.Text.Length));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public void ToText_LongSentence_IsBrokenAtSpacesAndNothingIsLost(int width)
    {
        IEnumerable<string> shortWords = Enumerable.Range(0, 60).Select(i => new string((char)('a' + (i % 26)), 1 + (i % 11)));
        string text = string.Join(' ', [.. shortWords, new string('x', 250), "end"]);
        TextExplanation explanation = HandMade.Empty with { SpansUnavailableReason = text };
        string[] lines = explanation.ToText(new RenderingOptions { Width = width }).Split('\n')[2..^1];
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Equal(Packed(text), Packed(string.Concat(lines)));
        string[] words = text.Split(' ');
        Assert.All(lines.SelectMany(line => line.Split(' ')).Where(word => word.Trim('x').Length > 0), word => Assert.Contains(word, words));
    }

    [Theory]
    [InlineData("moon", "é", "e\u0301")]
    [InlineData("🌊", "👩‍🚀", "🇮🇳")]
    public void ToText_TermsOfAnyCharacters_KeepTheColumns(params string[] tokens)
    {
        ExplainedTerm[] terms = [.. tokens.Select((t, i) => HandMade.Term(i + 1, t, 1, TermOrigin.Expansion))];
        string[] lines = HandMade.Text("", terms, []).ToText().Split('\n');
        int[] places = [.. lines.Where(line => line.Contains("1.000", StringComparison.Ordinal))
            .Select(line => new StringInfo(line[..line.IndexOf("1.000", StringComparison.Ordinal)]).LengthInTextElements)];
        Assert.Equal(tokens.Length, places.Length);
        Assert.Single(places.Distinct());
    }

    [Fact]
    public void ToText_WordsTooLong_AreCutToTheWidth()
    {
        string word = new('w', 200);
        ExplainedTerm term = HandMade.Term(1, word, 1, TermOrigin.Literal, new TermSource(1, new(0, 200), 1), [new(0, 200)]);
        string[] lines = HandMade.Text(word, [term], []).ToText(new RenderingOptions { Width = 60 }).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 60));
        Assert.Equal(2, lines.Single(line => line.Contains(" 1.000 ", StringComparison.Ordinal)).Count(c => c == '…'));
    }

    [Fact]
    public void ToReport_TextThatWasCut_EndsWhereItWasRead()
    {
        TextExplanation explanation = HandMade.Document with { Text = HandMade.Document.Text + " never read", Truncated = true };
        Assert.Equal(HandMade.Document.Text + "\n…", string.Concat(explanation.ToReport().Texts[0].Runs.Select(run => run.Text)));
    }

    [Fact]
    public void ToReport_Highlights_SayWhereTheirTermsComeFromAndHowStrongTheyAre()
    {
        (string Title, IReadOnlyList<ReportRun> Runs)[] texts = [.. HandMade.Match.ToReport().Texts];
        Assert.Equal(["query", "document"], texts.Select(t => t.Title));
        Assert.Equal([new("Chandrayaan", TermOrigin.Expansion, 1), new(" sails")], texts[0].Runs);
        Assert.Equal([new("The "), new("moon", TermOrigin.Literal, 1), new(" & the <sea> 🌊")], texts[1].Runs);
    }

    [Fact]
    public void ToReport_MatchWhoseQueryIsNotKnown_HasNoColumnForIt()
    {
        ExplanationReport report = (HandMade.Match with { Query = null }).ToReport();
        Assert.Equal("IN DOCUMENT", Assert.Single(report.Heading!.Sources).Text);
        Assert.Equal(["= moon", "+ moon"], report.Rows.SelectMany(row => row.Sources).Select(source => source.Text));
        Assert.Equal("document", Assert.Single(report.Texts).Title);
    }

    private static string Packed(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static void AssertHarmless(string report)
    {
        Assert.DoesNotContain(report, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain(report, c => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029');
    }
}
