using System.Xml.Linq;
using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation.Rendering.Html;

/// <summary>HTML is well-formed whatever is in the texts, and shows them as they are.</summary>
public sealed class HtmlRenderingTests
{
    private static readonly RenderingOptions Strict = new() { InlineStyles = false };

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Text_AnyCharactersAndSpans_IsTheContentOfItsElement(int seed)
    {
        TextExplanation explanation = RandomExplanations.Create(seed);
        XElement html = Parse(explanation.ToHtml());
        Assert.Equal([Shown(explanation.Text)], Texts(html));
        AssertHarmless(html);
    }

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Match_AnyCharactersAndSpans_ShowsBothTexts(int seed)
    {
        MatchExplanation explanation = RandomExplanations.CreateMatch(seed);
        XElement html = Parse(explanation.ToHtml());
        Assert.Equal([Shown(explanation.Query!.Text), Shown(explanation.Document!.Text)], Texts(html));
        AssertHarmless(html);
    }

    [Fact]
    public void Match_Highlights_SayHowMuchAndWhat()
    {
        XElement html = Parse(HandMade.Match.ToHtml());
        XElement[] marks = [.. html.Descendants("mark")];
        Assert.Equal(["Chandrayaan", "moon"], marks.Select(m => m.Value));
        Assert.Equal(["splade-mark splade-expansion", "splade-mark splade-literal"], marks.Select(m => (string?)m.Attribute("class")));
        Assert.Equal("7.125: + moon 6.000, = chandra 1.125", (string?)marks[0].Attribute("title"));
        Assert.All(marks, m => Assert.Equal("--splade-amount:1", (string?)m.Attribute("style")));
    }

    [Fact]
    public void Match_Table_HasTheContributionsAndTheirSum()
    {
        XElement table = Assert.Single(Parse(HandMade.Match.ToHtml()).Descendants("table"));
        Assert.Equal(["6.000", "1.125"], table.Element("tbody")!.Elements("tr").Select(r => r.Elements("td").ElementAt(2).Value));
        Assert.Equal("7.125", table.Element("tfoot")!.Elements("tr").Last().Elements("td").ElementAt(2).Value);
        int columns = table.Element("thead")!.Descendants("th").Count();
        Assert.All(table.Descendants("tr"), row => Assert.Equal(columns, row.Elements().Count()));
    }

    [Fact]
    public void Text_RunnersUp_EachWordIsMarkedByItself()
    {
        XElement source = Sources(HandMade.Document)[1];
        Assert.Equal("expansion sea\u00A01.25, moon\u00A00.50, (no word)\u00A00.25", source.Value);
        Assert.Equal(["sea", "moon"], source.Elements("bdi").Select(w => w.Value));
    }

    [Fact]
    public void Text_TermOfNoWord_IsNotMarkedAsAWord()
    {
        XElement source = Sources(HandMade.Query)[^1];
        Assert.Empty(source.Elements("bdi"));
        Assert.Equal("(no word)", Assert.Single(source.Elements("span"), s => (string?)s.Attribute("class") == "splade-none").Value);
    }

    [Fact]
    public void Text_TheEndThatWasNotRead_IsShownAsSuch()
    {
        TextExplanation explanation = HandMade.Document with { Text = HandMade.Document.Text + " and more <b>", Truncated = true };
        XElement html = Parse(explanation.ToHtml());
        Assert.Equal(" and more <b>", Assert.Single(html.Descendants("span"), s => (string?)s.Attribute("class") == "splade-unread").Value);
        Assert.Equal([explanation.Text], Texts(html));
        Assert.Contains(html.Elements("p"), p => (string?)p.Attribute("role") == "note");
    }

    [Fact]
    public void Page_OfAnExplanation_IsWholeAndLoadsNothing()
    {
        string page = HandMade.Match.ToHtmlPage();
        Assert.StartsWith("<!DOCTYPE html>\n", page);
        Assert.Contains(HandMade.Match.ToHtml(), page);
        XElement html = Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]);
        Assert.NotEmpty(html.Element("head")!.Element("title")!.Value);
        Assert.Contains("default-src 'none'", page);
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain("url(", page);
    }

    [Fact]
    public void Style_OfFragments_IsBoundToTheirClasses()
    {
        string style = Parse(HandMade.Match.ToHtml()).Element("style")!.Value;
        string[] selectors = [.. style.Split('\n').Select(line => line.Trim()).Where(line => line.EndsWith('{') || line.Contains("{ ", StringComparison.Ordinal))];
        Assert.NotEmpty(selectors);
        Assert.All(selectors, line => Assert.True(line.StartsWith(".splade-", StringComparison.Ordinal) || line.StartsWith("@media", StringComparison.Ordinal), line));
    }

    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Strict_AnyExplanation_HasNoStyleOfItsOwn(int seed)
    {
        XElement[] forms = [Parse(RandomExplanations.Create(seed).ToHtml(Strict)), Parse(RandomExplanations.CreateMatch(seed).ToHtml(Strict))];
        Assert.All(forms, AssertHarmless);
        XElement[] elements = [.. forms.SelectMany(html => html.DescendantsAndSelf())];
        Assert.DoesNotContain(elements, e => e.Name.LocalName is "style" or "script" or "link");
        Assert.DoesNotContain(elements.Attributes(), a => a.Name.LocalName == "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void Strict_Parts_AreClassesOfTheStyleSheet()
    {
        XElement html = Parse(HandMade.MatchUnderPolicy.ToHtml(Strict));
        Assert.Equal(["splade-mark splade-expansion splade-part-100", "splade-mark splade-literal splade-part-100"], html.Descendants("mark").Select(Class));
        Assert.Equal(["splade-part-100", "splade-part-20"], html.Descendants("td").Where(c => Class(c) == "splade-bar").Select(c => Class(c.Element("span")!)));
        XElement balance = html.Elements("div").First(d => Class(d) == "splade-balance");
        Assert.Equal(["splade-expansion splade-part-83", "splade-policy splade-part-17"], balance.Elements().Select(Class));

        string[] sheet = ExplanationRendering.StyleSheet.Split('\n');
        IEnumerable<string> classes = html.Descendants().Attributes("class").SelectMany(a => a.Value.Split(' '));
        string[] parts = [.. classes.Where(c => c.StartsWith("splade-part-", StringComparison.Ordinal))];
        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.Single(sheet, line => line.StartsWith($".{part} {{ --splade-amount: ", StringComparison.Ordinal)));
        Assert.Contains(".splade-part-20 { --splade-amount: 0.2; }", sheet);
    }

    [Fact]
    public void Strict_Form_DiffersInNothingElse()
    {
        XElement strict = Parse(HandMade.MatchUnderPolicy.ToHtml(Strict)), own = Parse(HandMade.MatchUnderPolicy.ToHtml());
        own.Element("style")!.Remove();
        Assert.Equal(own.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries), strict.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(own.Descendants().Select(e => e.Name), strict.Descendants().Select(e => e.Name));
    }

    [Fact]
    public void StyleSheet_OfStrictForms_LoadsNothingAndHoldsTheOtherStyle()
    {
        Assert.StartsWith(Parse(HandMade.Match.ToHtml()).Element("style")!.Value.TrimStart(), ExplanationRendering.StyleSheet);
        Assert.DoesNotContain("url(", ExplanationRendering.StyleSheet);
        Assert.DoesNotContain("@import", ExplanationRendering.StyleSheet);
        Assert.Contains("<style>", HandMade.Match.ToHtmlPage(Strict));
    }

    private static string Class(XElement element) => (string)element.Attribute("class")!;

    private static XElement Parse(string html) => XElement.Parse(html, LoadOptions.PreserveWhitespace);

    /// <summary>Where the terms come from, as the table of terms says it.</summary>
    private static XElement[] Sources(TextExplanation explanation) =>
        [.. Parse(explanation.ToHtml()).Descendants("td").Where(c => (string?)c.Attribute("class") == "splade-from").Select(c => c.Element("span")!)];

    private static IEnumerable<string> Texts(XElement html) => html.Descendants("blockquote").Select(t => t.Value);

    // What no document can hold is shown as U+FFFD; everything else is there.
    private static string Shown(string text) => string.Concat(text.Select((c, i) =>
        c is not ('\t' or '\n' or '\r') && (char.IsControl(c) || c is '\uFFFE' or '\uFFFF' || IsLone(text, i)) ? '\uFFFD' : c));

    private static bool IsLone(string text, int at) => char.IsSurrogate(text[at])
        && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
        && !(at > 0 && char.IsSurrogatePair(text[at - 1], text[at]));

    private static void AssertHarmless(XElement html)
    {
        string[] known =
        [
            "section", "style", "p", "div", "span", "figure", "figcaption", "blockquote", "mark", "ul", "li", "b", "bdi",
            "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
        ];
        Assert.All(html.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, known));
        string[] attributes = ["class", "style", "title", "role", "lang", "dir", "scope", "tabindex", "aria-label", "aria-hidden"];
        Assert.All(html.DescendantsAndSelf().Attributes(), a => Assert.Contains(a.Name.LocalName, attributes));
    }
}
