using System.Globalization;
using System.Text;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>How many cells of a terminal texts take.</summary>
/// <remarks>
/// As terminals agree on it: a character with its marks takes what its first scalar takes, two cells if that is wide by Unicode Standard
/// Annex 11, as Chinese characters, kana, Hangul and emoji are, else one. The blocks are told coarsely.
/// </remarks>
internal static class CellWidth
{
    private const int EmojiVariation = 0xFE0F;

    // In order; inclusive.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615),
        (0x2648, 0x2653), (0x26A1, 0x26A1), (0x26BD, 0x26BE), (0x2705, 0x2705), (0x2728, 0x2728), (0x274C, 0x274C), (0x2753, 0x2755),
        (0x2795, 0x2797), (0x2B50, 0x2B50), (0x2E80, 0x303E), (0x3041, 0x3247), (0x3250, 0x4DBF), (0x4E00, 0xA4CF), (0xA960, 0xA97F),
        (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18CFF),
        (0x1AFF0, 0x1B2FF), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F19A), (0x1F1E6, 0x1F202), (0x1F210, 0x1F64F),
        (0x1F680, 0x1F6FF), (0x1F7E0, 0x1F7EB), (0x1F90C, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Of a whole text on one line.</summary>
    public static int Of(string text)
    {
        int cells = 0;
        for (int at = 0; at < text.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(text, at);
            cells += OfElement(text.AsSpan(at, length));
            at += length;
        }

        return cells;
    }

    /// <summary>Of one character with what belongs to it.</summary>
    public static int OfElement(ReadOnlySpan<char> element)
    {
        Rune.DecodeFromUtf16(element, out Rune first, out _);
        bool isInvisible = Rune.GetUnicodeCategory(first)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
        return isInvisible ? 0 : IsWide(first.Value) || element.Contains((char)EmojiVariation) ? 2 : 1;
    }

    /// <summary>A text that takes no more than some cells, its end cut off if it must be.</summary>
    public static string Fit(string text, int cells)
    {
        if (Of(text) <= cells)
        {
            return text;
        }

        int used = 1;
        int at = 0;
        while (at < text.Length)
        {
            int length = StringInfo.GetNextTextElementLength(text, at);
            used += OfElement(text.AsSpan(at, length));
            if (used > cells)
            {
                break;
            }

            at += length;
        }

        return $"{text.AsSpan(0, at).TrimEnd()}…";
    }

    private static bool IsWide(int scalar)
    {
        foreach ((int first, int last) in Wide)
        {
            if (scalar <= last)
            {
                return scalar >= first;
            }
        }

        return false;
    }
}
