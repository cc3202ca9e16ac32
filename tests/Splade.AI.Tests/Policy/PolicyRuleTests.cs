using Splade.AI.Policy;

namespace Splade.AI.Tests.Policy;

public sealed class PolicyRuleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(.0009)]
    [InlineData(1000.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_OutsideOfTheLimits_AreRefused(double number)
    {
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new BoostRule(number));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new SynonymRule("a", "b", number));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => new ForceRule(number));
    }

    [Fact]
    public void Texts_NullOrBlank_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("Terms", () => new BanRule { Terms = null! });
        Assert.Contains("position 1", Assert.Throws<ArgumentException>("Terms", () => new BanRule { Terms = ["a", " "] }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("Tokens", () => new BanRule { Tokens = [null!] });
        Assert.Throws<ArgumentException>("Patterns", () => new BanRule { Patterns = ["ing"] });
        Assert.Throws<ArgumentException>("Patterns", () => new BanRule { Patterns = ["*"] });
        Assert.Throws<ArgumentException>("WordLists", () => new BanRule { WordLists = [null!] });
        Assert.Throws<ArgumentOutOfRangeException>("AppliesTo", () => new BanRule { AppliesTo = (EmbeddingInputType)7 });
        Assert.Throws<ArgumentException>("to", () => new SynonymRule([]));
        Assert.Throws<ArgumentException>("to", () => new SynonymRule(["b", ""]));
    }

    [Fact]
    public void Terms_ChangedAfterwards_AreNotThoseOfTheRule()
    {
        string[] terms = ["car"];
        var rule = new BanRule { Terms = terms };
        terms[0] = "bus";
        Assert.Equal(["car"], rule.Terms);
    }

    [Fact]
    public void WordList_NoNameOrNoWords_IsRefused()
    {
        Assert.Throws<ArgumentException>("name", () => new PolicyWordList(" ", ["a"]));
        Assert.Throws<ArgumentException>("words", () => new PolicyWordList("x", []));
        Assert.Throws<ArgumentException>("words", () => new PolicyWordList("x", [" "]));
    }

    [Fact]
    public void EnglishStopWords_EachWord_IsOneTokenOfBert()
    {
        IReadOnlyList<string> words = PolicyWordList.EnglishStopWords.Words;
        Assert.InRange(words.Count, 100, 200);
        Assert.Equal(words.Order(StringComparer.Ordinal).Distinct(), words);
        Assert.All(words, word => Assert.Single(Words.Ids(word)));
        Assert.Empty(Words.Bind(new BanRule { WordLists = [PolicyWordList.EnglishStopWords] }).PassedOver);
    }
}
