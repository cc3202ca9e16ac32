using Splade.AI.Lexical;

namespace Splade.AI.Tests.Lexical;

/// <summary>Lower case as Python writes it, where .NET's own differs.</summary>
public sealed class LowerCaseTests
{
    [Theory]
    [InlineData("HELLO_42", "hello_42")]
    [InlineData("ÅNGSTRÖM", "ångström")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΣΟΣ", "σος")]
    [InlineData("Σ", "σ")]
    [InlineData("ΑΣΒ", "ασβ")]
    [InlineData("ΑΣ1", "ας1")]
    [InlineData("1Σ", "1σ")]
    [InlineData("ΑʰΣ", "αʰς")]
    [InlineData("ΑΣʰ", "αςʰ")]
    [InlineData("ΑΣʰΒ", "ασʰβ")]
    [InlineData("ⅧΣ", "ⅷς")]
    [InlineData("ªΣ", "ªς")]
    [InlineData("İI", "ii")]
    [InlineData("ẞ", "ß")]
    [InlineData("ǅǄ", "ǆǆ")]
    [InlineData("\u212A\u2126", "kω")]
    [InlineData("𐐀Σ", "𐐨ς")]
    public void Of_Word_IsThatOfPython(string word, string lower) => Assert.Equal(lower, LowerCase.Of(word));

    [Fact]
    public void Of_HalfOfASurrogatePair_IsKept() => Assert.Equal("a\uD801É\uDC28".Replace('É', 'é'), LowerCase.Of("A\uD801É\uDC28"));

    // The rule of words leaves out what stands between them before it lower-cases.
    [Fact]
    public void Write_PartOfAText_LooksAtCharactersAroundIt()
    {
        char[] letters = new char[1];
        LowerCase.Write("ΑΣΒ", 1, 2, letters);
        Assert.Equal('σ', letters[0]);
        LowerCase.Write("ΑΣ:Β", 1, 2, letters);
        Assert.Equal('ς', letters[0]);
        LowerCase.Write("Α\u0301Σ", 2, 3, letters);
        Assert.Equal('σ', letters[0]);
    }
}
