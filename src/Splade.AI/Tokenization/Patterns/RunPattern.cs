namespace Splade.AI.Tokenization.Patterns;

/// <summary>Matches runs of one character, or of white space, that are long enough: <c> {2,}</c> or <c>\s+</c>.</summary>
/// <param name="character">The character of the basic plane, or null for white space.</param>
/// <param name="minimum">The least length of a match, at least 1.</param>
internal sealed class RunPattern(char? character, int minimum) : Pattern
{
    /// <inheritdoc/>
    public override int FindEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        int end = EndOfRun(text, start);
        isMatch = end - start >= minimum;
        while (!isMatch && end < text.Length)
        {
            int runStart = end;
            while (runStart < text.Length && !Matches(text[runStart]))
            {
                runStart++;
            }

            end = EndOfRun(text, runStart);
            if (end - runStart >= minimum)
            {
                return runStart;
            }
        }

        return end;
    }

    private int EndOfRun(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        while (end < text.Length && Matches(text[end]))
        {
            end++;
        }

        return end;
    }

    // White space is all within the basic plane: code units are enough here.
    private bool Matches(char c) =>
        character is null ? (UnicodeProperties.Shared.TraitsOf(c) & ScalarTraits.WhiteSpace) != 0 : c == character;
}
