using System.Globalization;
using System.Text;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class UntrustedTextTests
{
    private static readonly string[] Alphabet =
    [
        "a", "Z", "é", "月", "😀", "\u200D", "\u200C", " ", "\t", "\n", "\r", "\r\n", "\v", "\u0085", "\u2028", "\0", "\u001B", "\u007F", "\u00AD",
        "\u200B", "\u200E", "\u034F", "\u115F", "\u3164", "\uFE00", "\u0600", "1", "\u20E3", "क", "\u094D", "🏽", "\u202E", "\u2066", "\uFEFF", "\uFFF9", "\uFE0F", "\U000E0001", "\U000E0041", "\U000E0101", "\uD83D", "\uDE00", "{", "\"", "<",
    ];

    [Theory]
    [InlineData("Line\r\nline\rline\u2028line", "Line\nline\nline\nline")]
    [InlineData("ig\u200Bnore \u202Eme\u202C", "ignore me")]
    [InlineData("a\U000E0049\U000E0067b", "ab")]
    [InlineData("a\U000E0101b\uFE0F", "ab")]
    [InlineData("ig\u200Dno\u200Cre", "ignore")]
    [InlineData("soft\u00ADhyphen \u061C\u034F\u115F\u1160\u17B4\u17B5\u180B\u180E\u180F\u2064\u2065\u206F\u3164\uFFA0\uFFF3.", "softhyphen .")]
    [InlineData("a\uFE01\uFE02\uFE0Db \U0001D173\U0001BCA0\U000E0FFF", "ab ")]
    [InlineData("❤\uFE0F 1\uFE0F\u20E3 ☎\uFE0E ↔\uFE0F\uFE0F\uFE0E", "❤\uFE0F 1\uFE0F\u20E3 ☎\uFE0E ↔\uFE0F")]
    [InlineData("👩🏽\u200D🚀 ❤\uFE0F\u200D🔥 🇨🇭 🏳\uFE0F\u200D🌈", "👩🏽\u200D🚀 ❤\uFE0F\u200D🔥 🇨🇭 🏳\uFE0F\u200D🌈")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "🏴")]
    [InlineData("क\u094D\u200Dष \u0600\u0661 ন\u09CD\u200D,", "क\u094D\u200Dष \u0600\u0661 ন\u09CD\u200D,")]
    [InlineData("👩\u200D\u200D\u200C🚀", "👩\u200D🚀")]
    [InlineData("می\u200Cخواهم 👩\u200D🚀", "می\u200Cخواهم 👩\u200D🚀")]
    [InlineData("\u001B[31mred\u001B[0m\tdone", "[31mred[0m\tdone")]
    public void Clean_Text_IsWhatAPersonSees(string text, string expected) => Assert.Equal(expected, UntrustedText.Clean(text));

    [Fact]
    public void Clean_DefaultIgnorableCharacters_AreAllGone()
    {
        // As DerivedCoreProperties.txt of Unicode 16 lists them.
        (int First, int Last)[] listed =
        [
            (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
            (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
            (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
        ];
        foreach ((int first, int last) in listed)
        {
            Assert.All(Enumerable.Range(first, last - first + 1), scalar => Assert.Equal("ab", UntrustedText.Clean($"a{new Rune(scalar)}b")));
        }
    }

    [Fact]
    public void Clean_HalfACharacter_IsReplaced() => Assert.Equal("half \uFFFD of", UntrustedText.Clean("half \uD83D of"));

    [Fact]
    public void Clean_GeneratedTexts_LoseOnlyWhatShowsNothing()
    {
        var random = new Random(17);
        for (int i = 0; i < 2_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            string clean = UntrustedText.Clean(text);

            Assert.Equal(clean, UntrustedText.Clean(clean));
            Assert.Equal(Visible(text), Visible(clean));
            Assert.Equal(text.ReplaceLineEndings("\n").Replace('\v', '\n').Count(c => c == '\n'), clean.Count(c => c == '\n'));
            Assert.DoesNotContain(clean.EnumerateRunes(), rune => IsHidden(rune));
        }
    }

    private static string Visible(string text) => string.Concat(text.EnumerateRunes().Where(r => !ShowsNothing(r) && !Rune.IsWhiteSpace(r)));

    // Joiners and the styles of emoji may stay.
    private static bool IsHidden(Rune rune) => ShowsNothing(rune) && rune.Value is not ('\n' or '\t' or '\u200C' or '\u200D' or '\uFE0E' or '\uFE0F');

    private static bool ShowsNothing(Rune rune) => rune.Plane == 14
        || rune.Value is 0x34F or 0x115F or 0x3164 or (>= 0xFE00 and <= 0xFE0F)
        || (rune.Value != 0x600 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator);
}
