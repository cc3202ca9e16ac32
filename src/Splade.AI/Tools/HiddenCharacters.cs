using System.Globalization;
using System.Text;

namespace Splade.AI.Tools;

/// <summary>Which characters show nothing, and where some of them still have work to do.</summary>
internal static class HiddenCharacters
{
    private const int TextStyle = 0xFE0E;
    private const int EmojiStyle = 0xFE0F;

    // Default_Ignorable_Code_Point of Unicode 16 that is not of the category Format, which is asked for by itself. In order; inclusive.
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether a character shows nothing by itself.</summary>
    public static bool IsHidden(Rune scalar) => Rune.GetUnicodeCategory(scalar) switch
    {
        UnicodeCategory.Control => scalar.Value != '\t',
        UnicodeCategory.Format => !IsSignBeforeNumbers(scalar.Value),
        UnicodeCategory.Surrogate => true,
        _ => IsIgnorable(scalar.Value),
    };

    /// <summary>Whether one of them shapes the character that it follows: a joiner of scripts and emoji, or the choice between text and emoji.</summary>
    /// <param name="hidden">The character that shows nothing.</param>
    /// <param name="before">The character before it, without those that were taken out.</param>
    public static bool Shapes(Rune hidden, Rune before) => hidden.Value switch
    {
        '\u200C' or '\u200D' => IsJoined(before),
        TextStyle or EmojiStyle => HasStyles(before),
        _ => false,
    };

    // Signs of Arabic, Syriac and Kaithi that stand around the numbers after them, and are seen.
    private static bool IsSignBeforeNumbers(int scalar) => scalar
        is (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD;

    private static bool IsIgnorable(int scalar)
    {
        foreach ((int first, int last) in Ignorable)
        {
            if (scalar <= last)
            {
                return scalar >= first;
            }
        }

        return false;
    }

    // Arabic to Mongolian, the Indic scripts outside of these, and emoji, of which the tones of skin and the style are parts.
    private static bool IsJoined(Rune before) =>
        before.Value is (>= 0x0600 and <= 0x18AF) or (>= 0xA800 and <= 0xABFF) or (>= 0x10A00 and <= 0x11FFF) or EmojiStyle or (>= 0x1F3FB and <= 0x1F3FF)
        || Rune.GetUnicodeCategory(before) == UnicodeCategory.OtherSymbol;

    private static bool HasStyles(Rune before) =>
        before.Value is '#' or '*' or (>= '0' and <= '9') or '\u203C' or '\u2049' or '\u2139' or '\u3030'
        || Rune.GetUnicodeCategory(before) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol;
}
