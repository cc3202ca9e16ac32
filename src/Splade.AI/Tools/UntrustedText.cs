using System.Text;

namespace Splade.AI.Tools;

/// <summary>Makes text from documents fit for the eyes of a language model: it reads what a person would see, and nothing else.</summary>
/// <remarks>
/// <para>
/// Characters that show nothing can carry whole sentences past the people who look after the documents: tags and variation selectors spell out
/// any text, and marks of direction change what is read. A model reads them all the same. Taken out is what Unicode lists as
/// Default_Ignorable_Code_Point, with controls and formats.
/// </para>
/// <para>
/// What shapes the character before it stays: joiners in scripts that use them and in emoji, and one choice between text and emoji style. The
/// flags of England, Scotland and Wales, which are spelled in tags, become plain black flags; other flags and sequences of emoji stay.
/// </para>
/// </remarks>
internal static class UntrustedText
{
    /// <summary>The text with line feeds as its only line ends, and without characters that show nothing; half a character becomes U+FFFD.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        Rune before = default, shown = default;
        foreach (Rune scalar in text.EnumerateRunes())
        {
            bool endsLine = scalar.Value is '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' || (scalar.Value == '\n' && before.Value != '\r');
            if (endsLine)
            {
                clean.Append('\n');
                shown = default;
            }
            else if (!HiddenCharacters.IsHidden(scalar) || HiddenCharacters.Shapes(scalar, shown))
            {
                clean.Append(scalar);
                shown = scalar;
            }

            before = scalar;
        }

        return clean.ToString();
    }
}
