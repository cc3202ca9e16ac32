namespace Splade.AI.Tokenization.Patterns;

/// <summary>
/// The words of Llama 3, EuroBERT and Qwen: <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
/// ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>. Everything is part of a match.
/// </summary>
/// <param name="longestNumber">How many digits make a number at most: 3, or 1 for Qwen.</param>
internal sealed class Cl100kPattern(int longestNumber) : Pattern
{
    // ſ is an s where case does not matter.
    private const char LongS = '\u017F';

    /// <inheritdoc/>
    public override int FindEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        isMatch = true;
        if (text[start] == '\'' && ContractionLength(text[(start + 1)..]) is > 0 and int contraction)
        {
            return start + 1 + contraction;
        }

        ScalarTraits kind = CharacterRuns.KindAt(text, start, out int length);
        int next = start + length;
        ScalarTraits nextKind = next < text.Length ? CharacterRuns.KindAt(text, next, out _) : ScalarTraits.WhiteSpace;
        return kind switch
        {
            ScalarTraits.Letter => CharacterRuns.EndOfRun(text, next, ScalarTraits.Letter),
            ScalarTraits.Number => EndOfNumber(text, start),
            _ when nextKind == ScalarTraits.Letter && !IsLineBreak(text[start]) => CharacterRuns.EndOfRun(text, next, ScalarTraits.Letter),
            ScalarTraits.None => EndOfSymbols(text, next),
            _ when text[start] == ' ' && nextKind == ScalarTraits.None => EndOfSymbols(text, next),
            _ => EndOfSpaces(text, start),
        };
    }

    private int EndOfNumber(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        for (int digits = 0; digits < longestNumber && at < text.Length; digits++)
        {
            if (CharacterRuns.KindAt(text, at, out int length) != ScalarTraits.Number)
            {
                break;
            }

            at += length;
        }

        return at;
    }

    private static int EndOfSymbols(ReadOnlySpan<char> text, int start)
    {
        int at = CharacterRuns.EndOfRun(text, start, ScalarTraits.None);
        while (at < text.Length && IsLineBreak(text[at]))
        {
            at++;
        }

        return at;
    }

    // White space up to and with its last line break, if it has one.
    private static int EndOfSpaces(ReadOnlySpan<char> text, int start)
    {
        int end = CharacterRuns.EndOfRun(text, start, ScalarTraits.WhiteSpace);
        int lastBreak = text[start..end].LastIndexOfAny('\r', '\n');
        return lastBreak >= 0 ? start + lastBreak + 1 : CharacterRuns.EndOfSpaces(text, start);
    }

    private static bool IsLineBreak(char c) => c is '\r' or '\n';

    private static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['s' or 'S' or LongS or 't' or 'T' or 'm' or 'M' or 'd' or 'D', ..] => 1,
        ['r' or 'R' or 'v' or 'V', 'e' or 'E', ..] or ['l' or 'L', 'l' or 'L', ..] => 2,
        _ => 0,
    };
}
