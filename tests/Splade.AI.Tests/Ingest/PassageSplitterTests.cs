using Splade.AI.Ingest;

namespace Splade.AI.Tests.Ingest;

public sealed class PassageSplitterTests
{
    [Fact]
    public void Split_Headings_StandBeforeEachPassageUnderThem()
    {
        const string Text = "# Coffee\n\nBeans are seeds.\n\nThey are roasted at two hundred degrees.\n## Tea\nLeaves of a bush.\n\n\n";
        Assert.Equal(
            ["# Coffee\n\nBeans are seeds.", "# Coffee\n\nThey are roasted at two hundred degrees.", "## Tea\n\nLeaves of a bush."],
            new PassageSplitter(Words, 9).Split(Text));
        Assert.Equal(
            ["# Coffee\n\nBeans are seeds.", "They are roasted at two hundred degrees.", "## Tea\n\nLeaves of a bush."],
            new PassageSplitter(Words, 9, repeatsHeading: false).Split(Text));
    }

    [Fact]
    public void Split_TextWithoutWords_IsNothing()
    {
        var sut = new PassageSplitter(Words);
        Assert.Empty(sut.Split(""));
        Assert.Empty(sut.Split(" \n\n\t\n"));
        Assert.Equal(["a"], sut.Split("a"));
        Assert.Throws<ArgumentOutOfRangeException>("maxLength", () => new PassageSplitter(Words, 7));
    }

    [Fact]
    public void Split_AnyText_KeepsEveryWordInPassagesThatFit()
    {
        var random = new Random(5);
        foreach (int _ in Enumerable.Range(0, 300))
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(120)).Select(_ => random.Next(12) switch
            {
                0 => "\n\n",
                1 => "\n# H ",
                2 => "\n",
                3 => new string('x', random.Next(40)) + " ",
                4 => "🌍🌍🌍",
                _ => $"w{random.Next(99)} ",
            }));
            int most = random.Next(8, 40);
            string[] passages = [.. new PassageSplitter(text => Letters(text).Length, most, repeatsHeading: false).Split(text)];
            Assert.All(passages, passage => Assert.InRange(Letters(passage).Length, 1, most + 1));
            Assert.Equal(Letters(text), Letters(string.Concat(passages)));
        }
    }

    [Fact]
    public void Split_HeadingsWithNothingUnderThem_AreKept()
    {
        var sut = new PassageSplitter(Words);
        Assert.Equal(["# Manual", "## Refunds\n\nFive days."], sut.Split("# Manual\n## Refunds\nFive days."));
        Assert.Equal(["Before.", "# Notes"], sut.Split("Before.\n\n# Notes\n"));
        Assert.Equal(["# one", "# two\n\nx", "#three"], sut.Split("# one\n# two\nx\n#three"));
    }

    [Fact]
    public void Split_AnyTextUnderHeadings_KeepsEveryWord()
    {
        var random = new Random(6);
        foreach (int _ in Enumerable.Range(0, 300))
        {
            int words = 0;
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(5) switch
            {
                0 => "\n\n",
                1 => $"\n# h{words++} h{words++} ",
                _ => $"w{words++} ",
            }));
            string[] passages = [.. new PassageSplitter(Words, random.Next(8, 20)).Split(text)];
            Assert.Equal(Enumerable.Range(0, words), passages.SelectMany(Numbers).Distinct().Order());
            Assert.All(passages, passage => Assert.NotEmpty(Numbers(passage)));
        }

        static IEnumerable<int> Numbers(string passage) =>
            passage.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word is not "#").Select(word => int.Parse(word[1..]));
    }

    private static string Letters(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    private static int Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
}
