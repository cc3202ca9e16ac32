using System.Globalization;
using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Lexical;

/// <summary>The words of FastEmbed's rule (<c>utils/tokenizer.py</c>): maximal runs of what Python's <c>\w</c> is.</summary>
internal static class WordRuns
{
    /// <summary>Its lower case is an i and a mark, which is no part of words: there a word ends.</summary>
    public const char DottedI = '\u0130';

    private const int CharactersBetweenLooks = 1 << 14;

    /// <summary>A bit for each category: letters of any kind, and numbers of any kind.</summary>
    private const uint LettersAndNumbers =
        (1u << (int)UnicodeCategory.UppercaseLetter) | (1u << (int)UnicodeCategory.LowercaseLetter) | (1u << (int)UnicodeCategory.TitlecaseLetter)
        | (1u << (int)UnicodeCategory.ModifierLetter) | (1u << (int)UnicodeCategory.OtherLetter)
        | (1u << (int)UnicodeCategory.DecimalDigitNumber) | (1u << (int)UnicodeCategory.LetterNumber) | (1u << (int)UnicodeCategory.OtherNumber);

    private static readonly bool[] AsciiWord = [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c) || c == '_')];

    /// <summary>Adds where the words of a text stand.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Takes them.</param>
    /// <param name="cancellationToken">Observed every few thousand characters, in a word of any length too.</param>
    public static void Cut(string text, List<TokenOffset> words, CancellationToken cancellationToken = default)
    {
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            int reached;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                reached = at;
                at = Pass(text, at);
            }
            while (at - reached >= CharactersBetweenLooks && text[at - 1] != DottedI);

            if (at > start)
            {
                words.Add(new TokenOffset(start, at));
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>Where the word ends that stands somewhere, or where so much of it is passed that it is time to look at the token.</summary>
    private static int Pass(string text, int at)
    {
        int last = Math.Min(text.Length - at, CharactersBetweenLooks) + at;
        while (at < last)
        {
            char c = text[at];
            int width = c < AsciiWord.Length ? (AsciiWord[c] ? 1 : 0) : WidthAt(text, at);
            if (width == 0)
            {
                break;
            }

            at += width;
            if (c == DottedI)
            {
                break;
            }
        }

        return at;
    }

    /// <summary>How many code units the character of a word has that begins somewhere and is not ASCII; 0 if none does.</summary>
    private static int WidthAt(string text, int at)
    {
        char c = text[at];
        return !char.IsSurrogate(c) ? (IsLetterOrNumber(CharUnicodeInfo.GetUnicodeCategory(c)) ? 1 : 0)
            : Rune.TryGetRuneAt(text, at, out Rune scalar) && IsLetterOrNumber(Rune.GetUnicodeCategory(scalar)) ? 2
            : 0;
    }

    private static bool IsLetterOrNumber(UnicodeCategory category) => (LettersAndNumbers >> (int)category & 1) != 0;
}
