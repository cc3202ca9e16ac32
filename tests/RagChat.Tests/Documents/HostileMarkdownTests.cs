using RagChat.Documents;

namespace RagChat.Tests.Documents;

/// <summary>Markdown that the parser would take minutes for, or refuse.</summary>
public sealed class HostileMarkdownTests
{
    public static TheoryData<string, int, string> Repeated { get; } = new()
    {
        { "> ", 200, "x" }, { ">", 100_000, "x" }, { "- ", 50_000, "x" }, { "1. ", 30_000, "x" }, { "> - ", 20_000, "x" }, { "[", 100_000, "x" },
        { "*a ", 50_000, "x" }, { "*a_", 50_000, "x" }, { "**x ", 20_000, "x" }, { "[a](", 20_000, "x" }, { "[a](", 200_000, "x" },
        { "![a", 50_000, "x" }, { "a<?", 50_000, "x" }, { "a <!--", 50_000, "x" }, { "a<![CDATA[", 50_000, "x" }, { "*a* ", 100_000, "x" },
        { "[a]: b\n", 50_000, "x" }, { "[a]:\n", 50_000, "x" }, { "[a\n", 50_000, "x" }, { "|", 1_000_000, "x" }, { "|a|b|c|\n", 30_000, "x" },
        { "# ", 500_000, "x" }, { "# [", 300_000, "x" }, { "# [a](\n", 20_000, "x" }, { "+-", 500_000, "x" }, { "`a ", 300_000, "x" },
        { "[[]]", 300_000, "x" }, { "&a", 500_000, "x" }, { "a[\n===\n", 20_000, "x" }, { "> a [b](c\n", 50_000, "x" },
    };

    public static TheoryData<string> Nested { get; } =
    [
        string.Concat(Enumerable.Range(0, 200).Select(i => new string(' ', 2 * i) + "- x\n")),
        string.Concat(Enumerable.Repeat("- ", 50_000)) + "x\n" + new string('\n', 100_000) + "x",
        Table(columns: 2_000, rows: 2_000) + "x",
        "+" + string.Concat(Enumerable.Repeat("-+", 200_000)) + "\n" + string.Concat(Enumerable.Repeat("|\n", 100_000)) + "x",
    ];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Read_RepeatedMarkup_KeepsItsText(string markup, int times, string text)
    {
        string markdown = "# Title\n\nBefore.\n\n" + string.Concat(Enumerable.Repeat(markup, times)) + text;

        AssertReadable(markdown, text);
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public void Read_NestedMarkup_KeepsItsText(string markup) => AssertReadable("# Title\n\nBefore.\n\n" + markup, "x");

    [Fact]
    public void Read_NestedUpToTheLimit_IsStructure()
    {
        Outline outline = MarkdownOutline.Read("a", string.Concat(Enumerable.Repeat("> ", 38)) + "x");

        Assert.Equal("x", Assert.Single(outline.Sections).Text);
    }

    [Fact]
    public void Read_NestedAboveTheLimit_KeepsTheRestAsItWasWritten()
    {
        Outline outline = MarkdownOutline.Read("a", string.Concat(Enumerable.Repeat("> ", 200)) + "x");

        Assert.Matches("^(> ){155,165}x$", Assert.Single(outline.Sections).Text);
    }

    [Fact]
    public void Read_ParagraphWithTooMuchMarkup_KeepsItsLinesAndLeavesTheOthersAlone()
    {
        string rich = string.Concat(Enumerable.Repeat("a *b* [c](d)\n", 300));
        Outline outline = MarkdownOutline.Read("a", "# *T*\n\nSee *this*.\n\n" + rich + "\n## H\n\nAnd *that*.\n");

        Assert.Equal("T", outline.Title);
        Assert.Equal($"See this.\n\n{rich.TrimEnd()}", outline.Sections[0].Text);
        Assert.Equal("And that.", outline.Sections[1].Text);
    }

    [Fact]
    public void Read_LargeTable_IsStillATable()
    {
        Outline outline = MarkdownOutline.Read("a", "| a | b | c |\n|---|---|---|\n" + string.Concat(Enumerable.Repeat("| 1 | 2 | 3 |\n", 1_000)));

        string[] rows = Assert.Single(outline.Sections).Text.Split('\n');
        Assert.Equal(1_000, rows.Length);
        Assert.All(rows, row => Assert.Equal("a: 1; b: 2; c: 3", row));
    }

    [Fact]
    public void Read_GridTable_IsATableAndWhatIsNoneStaysText()
    {
        Outline table = MarkdownOutline.Read("a", "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n");
        Outline none = MarkdownOutline.Read("a", "+---+---+\nplain\n\nAfter *it*.\n");

        Assert.Equal("a: 1; b: 2", Assert.Single(table.Sections).Text);
        Assert.Matches(@"^\+---\+---\+ plain.*\n\nAfter it\.$", Assert.Single(none.Sections).Text);
    }

    [Fact]
    public void Read_HeadingOfMegabytes_IsTextUnderItsBeginning()
    {
        string first = new('x', 1_000_000);
        string second = string.Concat(Enumerable.Repeat("😀", 500_000));

        Outline outline = MarkdownOutline.Read("a", $"# {first}\n\n## {second}\n\nText.\n");

        Assert.Equal("a", outline.Title);
        Assert.Equal([first, $"{second}\n\nText."], outline.Sections.Select(s => s.Text));
        Assert.Equal([first[..200] + "…", second[..200] + "…"], outline.Sections[1].Headings);
    }

    [Fact]
    public void Read_EntitiesOfControlCharacters_AreReplaced()
    {
        Outline outline = MarkdownOutline.Read("a", "# T&#27;]0;\n\n## H&#1;\n\nA&#27;[31m &#xFFFE; &#xD800; b.\n");

        string all = string.Join('|', outline.Sections.Select(s => s.Text).Concat(outline.Sections.SelectMany(s => s.Headings)).Append(outline.Title));
        Assert.DoesNotContain(all, c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFE');
        Assert.Contains("A\uFFFD[31m", all);
    }

    private static void AssertReadable(string markdown, string text)
    {
        Outline outline = MarkdownOutline.Read("a", markdown);

        Assert.Equal("Title", outline.Title);
        Assert.StartsWith("Before.", outline.Sections[0].Text);
        string all = string.Join('\n', outline.Sections.SelectMany(s => s.Headings.Append(s.Text)));
        Assert.Contains(text, all);
        Assert.InRange(all.Length, 1, 3 * markdown.Length);
    }

    private static string Table(int columns, int rows) =>
        string.Concat(Enumerable.Repeat("|a", columns)) + "\n" + string.Concat(Enumerable.Repeat("|-", columns)) + "\n"
        + string.Concat(Enumerable.Repeat("|1\n", rows)) + "\n";
}
