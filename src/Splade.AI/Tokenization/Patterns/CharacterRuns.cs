using System.Text;

namespace Splade.AI.Tokenization.Patterns;

/// <summary>The character classes that the patterns of byte-level tokenizers are made of.</summary>
internal static class CharacterRuns
{
    public const ScalarTraits Kinds = ScalarTraits.Letter | ScalarTraits.Number | ScalarTraits.WhiteSpace;

    /// <summary>Whether a scalar is a letter, a number, white space, or, for None, something else.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the scalar stands.</param>
    /// <param name="length">How many code units it has.</param>
    public static ScalarTraits KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        char c = text[at];
        if (!char.IsSurrogate(c))
        {
            length = 1;
            return UnicodeProperties.Shared.TraitsOf(c) & Kinds;
        }

        Rune.DecodeFromUtf16(text[at..], out Rune scalar, out length);
        return UnicodeProperties.Shared.TraitsOf(scalar.Value) & Kinds;
    }

    /// <summary>Where a run of scalars of one kind ends that begins, perhaps empty, at a position.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int start, ScalarTraits kind)
    {
        int at = start;
        while (at < text.Length && KindAt(text, at, out int length) == kind)
        {
            at += length;
        }

        return at;
    }

    /// <summary>
    /// What <c>\s+(?!\S)|\s+</c> matches at white space: the run, but where something follows not its last character, which may belong
    /// to that; a single one in any case.
    /// </summary>
    public static int EndOfSpaces(ReadOnlySpan<char> text, int start)
    {
        int end = EndOfRun(text, start, ScalarTraits.WhiteSpace);
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }
}
