using System.Globalization;
using System.Text;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class UntrustedTextTests
{
    private static readonly string[] Alphabet =
    [
        "a", "Z", "é", "月", "😀", "\u200D", "\u200C", " ", "\t", "\n", "\r", "\r\n", "\v", "\u0085", "\u2028", "\0", "\u001B", "\u007F", "\u00AD",
        "\u200B", "\u200E", "\u202E", "\u2066", "\uFEFF", "\uFFF9", "\uFE0F", "\U000E0001", "\U000E0041", "\U000E0101", "\uD83D", "\uDE00", "{", "\"", "<",
    ];

    [Theory]
    [InlineData("Line\r\nline\rline\u2028line", "Line\nline\nline\nline")]
    [InlineData("ig\u200Bnore \u202Eme\u202C", "ignore me")]
    [InlineData("a\U000E0049\U000E0067b", "ab")]
    [InlineData("a\U000E0101b\uFE0F", "ab\uFE0F")]
    [InlineData("می\u200Cخواهم 👩\u200D🚀", "می\u200Cخواهم 👩\u200D🚀")]
    [InlineData("\u001B[31mred\u001B[0m\tdone", "[31mred[0m\tdone")]
    public void Clean_Text_IsWhatAPersonSees(string text, string expected) => Assert.Equal(expected, UntrustedText.Clean(text));

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

    private static string Visible(string text) => string.Concat(text.EnumerateRunes().Where(r => !IsHidden(r) && !Rune.IsWhiteSpace(r)));

    private static bool IsHidden(Rune rune) => rune.Plane == 14
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            && rune.Value is not ('\n' or '\t' or '\u200C' or '\u200D'));
}
