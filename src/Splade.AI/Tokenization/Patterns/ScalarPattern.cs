using System.Text;

namespace Splade.AI.Tokenization.Patterns;

/// <summary>Matches each scalar that has one of some traits, alone.</summary>
internal sealed class ScalarPattern(ScalarTraits traits) : Pattern
{
    /// <inheritdoc/>
    public override int FindEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        isMatch = Matches(text[start..], out int length);
        int at = start + length;
        while (!isMatch && at < text.Length && !Matches(text[at..], out length))
        {
            at += length;
        }

        return at;
    }

    private bool Matches(ReadOnlySpan<char> text, out int length)
    {
        if (!char.IsSurrogate(text[0]))
        {
            length = 1;
            return (UnicodeProperties.Shared.TraitsOf(text[0]) & traits) != 0;
        }

        Rune.DecodeFromUtf16(text, out Rune scalar, out length);
        return (UnicodeProperties.Shared.TraitsOf(scalar.Value) & traits) != 0;
    }
}
