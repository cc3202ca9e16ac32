using System.Globalization;
using System.Text;

namespace Splade.AI.Tools;

/// <summary>Makes text from documents fit for the eyes of a language model: it reads what a person would see, and nothing else.</summary>
/// <remarks>
/// Characters that show nothing can carry whole sentences past the people who look after the documents: tags and the supplementary variation
/// selectors spell out any text, and marks of direction change what is read. A model reads them all the same.
/// </remarks>
internal static class UntrustedText
{
    private const int FirstTag = 0xE0000;
    private const int LastSelector = 0xE01EF;

    /// <summary>The text with line feeds as its only line ends, and without characters that show nothing; half a character becomes U+FFFD.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        char before = '\0';
        foreach (Rune scalar in text.EnumerateRunes())
        {
            bool endsLine = scalar.Value is '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' || (scalar.Value == '\n' && before != '\r');
            if (endsLine)
            {
                clean.Append('\n');
            }
            else if (Shows(scalar))
            {
                clean.Append(scalar);
            }

            before = scalar.IsBmp ? (char)scalar.Value : '\0';
        }

        return clean.ToString();
    }

    // The joiners shape letters of Persian and Indic words and hold emoji together.
    private static bool Shows(Rune scalar) => scalar.Value switch
    {
        '\t' or '\u200C' or '\u200D' => true,
        >= FirstTag and <= LastSelector => false,
        _ => Rune.GetUnicodeCategory(scalar) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate),
    };
}
