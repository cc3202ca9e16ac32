using System.Text;

namespace Splade.AI.Tokenization.Patterns;

/// <summary>Matches words and what is neither word nor white space: <c>\w+|[^\w\s]+</c>.</summary>
internal sealed class WordPattern : Pattern
{
    private enum Kind
    {
        Space,
        Word,
        Other,
    }

    /// <inheritdoc/>
    public override int FindEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        Kind kind = KindAt(text[start..], out int length);
        isMatch = kind != Kind.Space;
        int at = start + length;
        while (at < text.Length && KindAt(text[at..], out length) == kind)
        {
            at += length;
        }

        return at;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, out int length)
    {
        Rune.DecodeFromUtf16(text, out Rune scalar, out length);
        bool isSpace = (UnicodeProperties.Shared.TraitsOf(scalar.Value) & ScalarTraits.WhiteSpace) != 0;
        return isSpace ? Kind.Space : WordCharacters.Contains(scalar) ? Kind.Word : Kind.Other;
    }
}
