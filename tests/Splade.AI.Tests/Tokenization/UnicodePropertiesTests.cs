using System.Globalization;
using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Checks the table against .NET's own where the two must agree, and counts where they do not.</summary>
public sealed class UnicodePropertiesTests
{
    private static readonly UnicodeProperties Sut = UnicodeProperties.Shared;

    [Theory]
    [InlineData(nameof(ScalarTraits.Removed), 137_681)]
    [InlineData(nameof(ScalarTraits.WhiteSpace), 25)]
    [InlineData(nameof(ScalarTraits.Punctuation), 726)]
    [InlineData(nameof(ScalarTraits.Chinese), 81_264)]
    [InlineData(nameof(ScalarTraits.Mark), 1_549)]
    [InlineData(nameof(ScalarTraits.Combining), 814)]
    [InlineData(nameof(ScalarTraits.Decomposes), 2_060 + 11_172)]
    [InlineData(nameof(ScalarTraits.Compatible), 3_678)]
    [InlineData(nameof(ScalarTraits.Uncomposed), 1_120)]
    [InlineData(nameof(ScalarTraits.Accent), 2_097)]
    [InlineData(nameof(ScalarTraits.Letter), 141_028)]
    [InlineData(nameof(ScalarTraits.Number), 1_911)]
    [InlineData(nameof(ScalarTraits.RecentNumber), 13)]
    public void TraitsOf_AllScalars_AreAsManyAsInTheReference(string trait, int count) =>
        Assert.Equal(count, AllScalars().Count(rune => Sut.TraitsOf(rune.Value).HasFlag(Enum.Parse<ScalarTraits>(trait))));

    [Fact]
    public void TraitsOf_Latin_AgreesWithDotNet()
    {
        foreach (Rune rune in AllScalars().Where(rune => rune.Value is >= ' ' and < 0x250))
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            bool asciiSymbol = rune.IsAscii && Rune.IsSymbol(rune);
            ScalarTraits traits = Sut.TraitsOf(rune.Value);
            Assert.Equal(Rune.IsPunctuation(rune) || asciiSymbol, traits.HasFlag(ScalarTraits.Punctuation));
            Assert.Equal(category is UnicodeCategory.Control or UnicodeCategory.Format, traits.HasFlag(ScalarTraits.Removed));
            Assert.Equal(Rune.IsWhiteSpace(rune), traits.HasFlag(ScalarTraits.WhiteSpace));
        }
    }

    [Fact]
    public void LowercaseOf_AllScalars_AgreesWithDotNetButForAKnownFew()
    {
        int different = AllScalars().Count(rune => LowercaseOf(rune.Value) != Rune.ToLowerInvariant(rune).Value);

        // U+0130, which .NET leaves alone, and 28 letters that came with Unicode 17, which a later .NET may know.
        Assert.InRange(different, 1, 29);
    }

    [Theory]
    [InlineData(0xAC00, 0x1100, 0x1161, 0)]
    [InlineData(0xD7A3, 0x1112, 0x1175, 0x11C2)]
    public void TryDecomposeHangul_Syllable_IsItsLetters(int syllable, int lead, int vowel, int trail)
    {
        Assert.True(UnicodeProperties.TryDecomposeHangul(syllable, out int first, out int second, out int third));
        Assert.Equal((lead, vowel, trail), (first, second, third));
    }

    [Theory]
    [InlineData(0x41, 0x30A, 0xC5)]
    [InlineData(0x1EB8, 0x302, 0x1EC6)]
    [InlineData(0x1100, 0x1161, 0xAC00)]
    [InlineData(0xAC00, 0x11A8, 0xAC01)]
    [InlineData(0xAC00, 0x11A7, -1)]
    [InlineData(0xAC01, 0x11A8, -1)]
    [InlineData(0x915, 0x93C, -1)]
    [InlineData(0x41, 0x41, -1)]
    public void Compose_Pair_IsOneUnlessExcluded(int first, int second, int composed) =>
        Assert.Equal(composed, Sut.Compose(first, second));

    private static int LowercaseOf(int scalar) =>
        Sut.TraitsOf(scalar).HasFlag(ScalarTraits.Cased) ? Sut.LowercaseOf(scalar) : scalar;

    private static IEnumerable<Rune> AllScalars() =>
        Enumerable.Range(0, 0x110000).Where(value => Rune.IsValid(value)).Select(value => new Rune(value));
}
