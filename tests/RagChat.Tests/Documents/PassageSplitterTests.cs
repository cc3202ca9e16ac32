using RagChat.Documents;

namespace RagChat.Tests.Documents;

public sealed class PassageSplitterTests
{
    [Fact]
    public void Split_Sections_KeepTitleAndHeadings()
    {
        Passage[] passages = Split("# Handbook\n\nHello.\n\n## Care\n\nWipe it.\n\n### Milk parts\n\nRinse *them*.\n\n## Repair\n\nCall us.\n");

        Assert.Equal(["doc#text", "doc#Care", "doc#Milk parts", "doc#Repair"], passages.Select(p => p.Id));
        Assert.Equal(["Handbook", "Handbook > Care", "Handbook > Care > Milk parts", "Handbook > Repair"], passages.Select(p => p.Context));
        Assert.Equal(["Hello.", "Wipe it.", "Rinse them.", "Call us."], passages.Select(p => p.Text));
        Assert.Equal("[doc#Milk parts]", passages[2].Citation);
        Assert.Equal("Handbook > Care > Milk parts\nRinse them.", passages[2].TextToEncode);
        Assert.All(passages, p => Assert.Equal("doc", p.ArticleId));
    }

    [Fact]
    public void Split_LongSection_IsCutAtSentencesAndLosesNothing()
    {
        string[] sentences = [.. Enumerable.Range(1, 12).Select(i => $"Sentence number {i} has seven words here.")];
        Passage[] passages = Split("# T\n\n## Long\n\n" + string.Join(' ', sentences), maxTokens: 30);

        Assert.True(passages.Length > 2);
        Assert.Equal("doc#Long", passages[0].Id);
        Assert.Equal("doc#Long (2)", passages[1].Id);
        Assert.All(passages, p => Assert.True(Words(p.TextToEncode) <= 30));
        Assert.All(passages, p => Assert.EndsWith(".", p.Text));
        Assert.Equal(sentences, passages.SelectMany(p => Sentences.Of(p.Text)));
    }

    [Fact]
    public void Split_LongSection_KeepsABlockWholeRatherThanFillingUp()
    {
        string list = "- one two three\n- four five six\n- seven eight nine";
        Passage[] passages = Split($"# T\n\n## H\n\nA first paragraph of eight words comes before.\n\n{list}\n", maxTokens: 20);

        Assert.Equal(["A first paragraph of eight words comes before.", list], passages.Select(p => p.Text));
    }

    [Fact]
    public void Split_Table_NamesEveryCellByItsColumn()
    {
        Passage passage = Split("# T\n\n## Codes\n\n| Code | Meaning |\n| --- | --- |\n| E01 | **Tank** empty |\n| E02 | No flow |\n").Single();

        Assert.Equal("Code: E01; Meaning: Tank empty\nCode: E02; Meaning: No flow", passage.Text);
    }

    [Fact]
    public void Split_LongTable_IsCutBetweenRows()
    {
        string rows = string.Concat(Enumerable.Range(1, 10).Select(i => $"| E{i} | meaning number {i} |\n"));
        Passage[] passages = Split("# T\n\n## Codes\n\n| Code | Meaning |\n| --- | --- |\n" + rows, maxTokens: 20);

        Assert.True(passages.Length > 1);
        Assert.All(passages.SelectMany(p => p.Text.Split('\n')), row => Assert.StartsWith("Code: E", row));
        Assert.Equal(10, passages.Sum(p => p.Text.Split('\n').Length));
    }

    [Fact]
    public void Split_CodeFence_IsNoHeadingAndKeepsItsLines()
    {
        Passage passage = Split("# T\n\n## Setup\n\n```\n# not a heading\n  indented\n```\n").Single();

        Assert.Equal("doc#Setup", passage.Id);
        Assert.Equal("# not a heading\n  indented", passage.Text);
    }

    [Fact]
    public void Split_Lists_KeepNumbersAndNesting()
    {
        Passage passage = Split("# T\n\n1. Open it.\n2. Fill it:\n   - water\n   - beans\n").Single();

        Assert.Equal("1. Open it.\n2. Fill it:\n  - water\n  - beans", passage.Text);
    }

    [Fact]
    public void Split_CommentsFrontMatterAndLinkDefinitions_AreNotText()
    {
        Passage passage = Split("---\ntag: x\n---\n# T\n\n<!-- hidden -->\n\nSee [the shop][1].\n\n[1]: https://example.org\n").Single();

        Assert.Equal("See the shop.", passage.Text);
        Assert.Equal("T", passage.Context);
    }

    [Fact]
    public void Split_NoHeading_TakesTheFileNameForATitle()
    {
        Passage passage = new PassageSplitter(100, Words).Split([Article.OfMarkdown("guides/first-steps", "Just text.")]).Single();

        Assert.Equal("guides/first-steps#text", passage.Id);
        Assert.Equal("first steps", passage.Context);
    }

    [Fact]
    public void Split_SameHeadingTwice_GivesUniqueIds()
    {
        Passage[] passages = Split("# T\n\n## A\n\n### Tip\n\nOne.\n\n## B\n\n### Tip\n\nTwo.\n\n## Tip (2)\n\nThree.\n");

        Assert.Equal(["doc#Tip", "doc#Tip (2)", "doc#Tip (2) (2)"], passages.Select(p => p.Id));
    }

    [Fact]
    public void Split_HeadingsWithoutText_GiveNoPassage()
    {
        Assert.Empty(Split("# T\n\n## A\n\n## B\n"));
    }

    [Fact]
    public void Split_PlainText_IsPackedByParagraphs()
    {
        string text = "One two three four five.\n\nSix seven eight nine ten.\n\n# Eleven twelve.\n";
        Passage[] passages = [.. new PassageSplitter(13, Words).Split([Article.OfPlainText("notes", text)])];

        Assert.Equal(["One two three four five.\n\nSix seven eight nine ten.", "# Eleven twelve."], passages.Select(p => p.Text));
        Assert.Equal(["notes#text", "notes#text (2)"], passages.Select(p => p.Id));
    }

    [Fact]
    public void Split_OneEndlessWord_IsCutByLength()
    {
        string endless = string.Concat(Enumerable.Repeat("😀x", 500));
        Passage[] passages = [.. new PassageSplitter(50, t => t.Length).Split([Article.OfPlainText("n", endless)])];

        Assert.All(passages, p => Assert.True(p.Text.Length <= 50));
        Assert.All(passages, p => Assert.False(char.IsLowSurrogate(p.Text[0])));
        Assert.Equal(endless, string.Concat(passages.Select(p => p.Text)));
    }

    [Fact]
    public void Split_IdsThatMeetAcrossArticles_StayUnique()
    {
        Article[] articles = [Article.OfMarkdown("x", "# T\n\n## y#z\n\nOne.\n"), Article.OfMarkdown("x#y", "# T\n\n## z\n\nTwo.\n")];

        Assert.Equal(["x#y#z", "x#y#z (2)"], new PassageSplitter(100, Words).Split(articles).Select(p => p.Id));
    }

    [Theory]
    [InlineData("\n", 100_000)]
    [InlineData(" ", 100_000)]
    [InlineData(" ", 2_000_000)]
    [InlineData("\t", 2_000_000)]
    [InlineData("\n \n", 700_000)]
    public void Split_LongRunOfWhiteSpace_IsNoTextAndLosesNone(string space, int times)
    {
        string text = string.Concat(Enumerable.Repeat("The refund takes 5 days. ", 110)).Trim();
        int asked = 0;
        var splitter = new PassageSplitter(100, t =>
        {
            asked += t.Length;
            return Words(t);
        });

        Passage[] passages = [.. splitter.Split([Article.OfPlainText("a", text + string.Concat(Enumerable.Repeat(space, times)) + text)])];

        Assert.Equal(220, passages.Sum(p => Sentences.Of(p.Text).Count()));
        Assert.All(passages, p => Assert.InRange(p.Text.Length, 1, 4_000));
        Assert.InRange(asked, text.Length, 20 * ((space.Length * times) + (2 * text.Length)));
    }

    [Fact]
    public void Split_OneWordOfMegabytes_IsCutAlthoughAModelTakesItForOneToken()
    {
        Passage[] passages = [.. new PassageSplitter(100, Words).Split([Article.OfPlainText("a", new string('x', 3_000_000) + " y")])];

        Assert.All(passages, p => Assert.InRange(p.Text.Length, 1, 4_000));
        Assert.Equal(3_000_000, passages.Sum(p => p.Text.Count(c => c == 'x')));
    }

    [Fact]
    public void Split_ManyPassagesUnderOneHeading_AreNumbered()
    {
        string text = string.Concat(Enumerable.Repeat("Seven words are in this one sentence.\n\n", 20_000));

        string[] ids = [.. new PassageSplitter(13, Words).Split([Article.OfPlainText("a", text)]).Select(p => p.Id)];

        Assert.Equal(20_000, ids.Length);
        Assert.Equal(("a#text", "a#text (2)", "a#text (20000)"), (ids[0], ids[1], ids[^1]));
    }

    private static Passage[] Split(string markdown, int maxTokens = 100) =>
        [.. new PassageSplitter(maxTokens, Words).Split([Article.OfMarkdown("doc", markdown)])];

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
