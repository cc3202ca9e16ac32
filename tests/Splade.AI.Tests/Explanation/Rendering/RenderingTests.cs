using Splade.AI.Explanation;
using Splade.AI.Explanation.Rendering.Html;
using Splade.Testing.Explanation;

namespace Splade.AI.Tests.Explanation.Rendering;

/// <summary>Every renderer writes what somebody has looked at.</summary>
public sealed class RenderingTests
{
    private static readonly RenderingOptions Narrow = new() { Top = 1, Width = 60 };

    private static readonly RenderingOptions Strict = new() { InlineStyles = false };

    private static readonly Dictionary<string, Func<string>> Forms = new()
    {
        ["text.txt"] = () => HandMade.Query.ToText(),
        ["text.html"] = () => HandMade.Query.ToHtmlPage(),
        ["text.json"] = () => HandMade.Query.ToJson(),
        ["match.txt"] = () => HandMade.Match.ToText(),
        ["match.html"] = () => HandMade.Match.ToHtmlPage(),
        ["match.json"] = () => HandMade.Match.ToJson(),
        ["text-narrow.txt"] = () => HandMade.Query.ToText(Narrow),
        ["match-narrow.txt"] = () => HandMade.Match.ToText(Narrow),
        ["vectors.txt"] = () => HandMade.MatchOfVectors.ToText(),
        ["vectors.html"] = () => HandMade.MatchOfVectors.ToHtml(),
        ["vectors.json"] = () => HandMade.MatchOfVectors.ToJson(),
        ["nothing.txt"] = () => HandMade.NoMatch.ToText(),
        ["nothing.json"] = () => HandMade.NoMatch.ToJson(),
        ["empty.txt"] = () => HandMade.Empty.ToText(),
        ["empty.html"] = () => HandMade.Empty.ToHtml(),
        ["empty.json"] = () => HandMade.Empty.ToJson(),
        ["runners-up.txt"] = () => (HandMade.Document with { Truncated = true, SpansUnavailableReason = "There is an obstacle." }).ToText(),
        ["runners-up.json"] = () => HandMade.Document.ToJson(),
        ["policy.txt"] = () => HandMade.UnderPolicy.ToText(),
        ["policy.html"] = () => HandMade.UnderPolicy.ToHtmlPage(),
        ["policy.json"] = () => HandMade.UnderPolicy.ToJson(),
        ["policy-match.txt"] = () => HandMade.MatchUnderPolicy.ToText(),
        ["policy-match.html"] = () => HandMade.MatchUnderPolicy.ToHtmlPage(),
        ["policy-match.json"] = () => HandMade.MatchUnderPolicy.ToJson(),
        ["policy-strict.html"] = () => HandMade.UnderPolicy.ToHtml(Strict),
        ["policy-match-strict.html"] = () => HandMade.MatchUnderPolicy.ToHtml(Strict),
    };

    public static TheoryData<string> Names => new(Forms.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Form_OfAnExplanation_IsTheApprovedOne(string name) =>
        ApprovedText.AssertSame(Path.Combine(Repository.TestData, "renderings", name), Forms[name]().Replace(HtmlStyle.Fragment, "", StringComparison.Ordinal));

    [Fact]
    public void Forms_InAnotherCulture_AreTheSame()
    {
        Assert.Equal(All(), HandMade.WithDecimalComma(All));

        static string[] All() => [.. Forms.Values.Select(form => form())];
    }

    [Fact]
    public void Forms_TopOfTheExplanation_SumsUpWhatIsNotListed()
    {
        // As the engine gives it where it was asked for one term: the sums are over all.
        MatchExplanation cut = HandMade.Match with { Terms = [HandMade.Match.Terms[0]], UnmatchedTerms = [HandMade.Match.UnmatchedTerms[0]] };
        Assert.Matches(@"\n1 more +1\.125 +15\.8 %\nscore +7\.125 +100\.0 %\n", cut.ToText());
        Assert.Contains("##yaan 1.000 and 1 more\n", cut.ToText());
        Assert.Contains("<tr><th scope=\"row\">1 more</th>", cut.ToHtml());
        Assert.Contains("\"termCount\":2,", cut.ToJson());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(float.PositiveInfinity, "\"Infinity\"")]
    public void Forms_ScoreBeyondSinglePrecision_StillTellTheShares(float score, string inJson)
    {
        MatchExplanation match = HandMade.Match with { Score = score };
        var one = new RenderingOptions { Top = 1 };
        Assert.Matches(@"\n1 more .* 15\.8 %\nscore .* 100\.0 %\n", match.ToText(one));
        Assert.Contains("<td class=\"splade-number\">15.8 %</td>", match.ToHtml(one));
        Assert.StartsWith($"{{\"score\":{inJson},", match.ToJson());
    }
}
