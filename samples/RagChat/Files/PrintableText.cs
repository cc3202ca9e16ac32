using System.Text;

namespace RagChat.Files;

/// <summary>Texts from files are shown on terminals and written into prompts: both give meaning to control characters.</summary>
internal static class PrintableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text, with U+FFFD in place of control characters other than line feeds and tabs, of half surrogate pairs, and of what is no character
    /// at all.
    /// </summary>
    public static string Of(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = IsPrintable(source, i) ? source[i] : Replacement;
        }
    });

    /// <summary>The same on one line: the name of a file may have several.</summary>
    public static string Line(string text) => Of(text).Replace('\n', Replacement);

    /// <summary>Whether there is a letter or a digit: nobody asks for texts without.</summary>
    public static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPrintable(string text, int at) => text[at] switch
    {
        '\n' or '\t' => true,
        '\uFFFE' or '\uFFFF' => false,
        char c when char.IsHighSurrogate(c) => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]),
        char c when char.IsLowSurrogate(c) => at > 0 && char.IsHighSurrogate(text[at - 1]),
        char c => !char.IsControl(c),
    };
}
