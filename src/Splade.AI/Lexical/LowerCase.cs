using System.Buffers;
using System.Globalization;
using System.Text;

namespace Splade.AI.Lexical;

/// <summary>Words in lower case, as Python's <c>str.lower</c> writes them: every character has as many code units as before.</summary>
/// <remarks>
/// Two characters are not mapped each by itself. A sigma that ends a word is written in its final form (Unicode, section 3.13, <c>Final_Sigma</c>). A
/// capital I with a dot becomes i, and its dot, which is a mark and so no part of words, is left out.
/// </remarks>
internal static class LowerCase
{
    private const char CapitalSigma = '\u03A3';
    private const char SmallSigma = '\u03C3';
    private const char FinalSigma = '\u03C2';

    /// <summary>Writes a part of a text in lower case.</summary>
    /// <param name="text">The text, of which characters around a sigma are looked at.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="destination">Takes as many code units as the part has.</param>
    public static void Write(ReadOnlySpan<char> text, int start, int end, Span<char> destination)
    {
        if (Ascii.ToLower(text[start..end], destination, out int written) == OperationStatus.Done)
        {
            return;
        }

        for (int at = start + written; at < end;)
        {
            OperationStatus status = Rune.DecodeFromUtf16(text[at..end], out Rune scalar, out int width);
            Span<char> place = destination[(at - start)..];
            switch (text[at])
            {
                case WordRuns.DottedI: place[0] = 'i'; break;
                case CapitalSigma: place[0] = EndsWord(text, at) ? FinalSigma : SmallSigma; break;
                case char half when status != OperationStatus.Done: place[0] = half; break;
                default: Rune.ToLowerInvariant(scalar).EncodeToUtf16(place); break;
            }

            at += width;
        }
    }

    /// <summary>A word by itself in lower case.</summary>
    public static string Of(string word) => string.Create(word.Length, word, (letters, from) => Write(from, 0, from.Length, letters));

    private static bool EndsWord(ReadOnlySpan<char> text, int at) => IsCasedBefore(text[..at]) && !IsCasedAfter(text[(at + 1)..]);

    private static bool IsCasedBefore(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeLastFromUtf16(text, out Rune scalar, out int width) == OperationStatus.Done)
        {
            if (Rune.GetUnicodeCategory(scalar) != UnicodeCategory.ModifierLetter)
            {
                return IsCased(scalar);
            }

            text = text[..^width];
        }

        return false;
    }

    private static bool IsCasedAfter(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out Rune scalar, out int width) == OperationStatus.Done)
        {
            if (Rune.GetUnicodeCategory(scalar) != UnicodeCategory.ModifierLetter)
            {
                return IsCased(scalar);
            }

            text = text[width..];
        }

        return false;
    }

    // The property Cased among characters of words; all others stand between words.
    private static bool IsCased(Rune scalar) =>
        Rune.GetUnicodeCategory(scalar) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || scalar.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F);
}
