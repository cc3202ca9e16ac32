namespace Splade.AI.Policy;

/// <summary>Patterns in which <c>*</c> stands for any characters or none, and everything else for itself.</summary>
internal static class WildcardPattern
{
    private const char Any = '*';

    /// <summary>What is wrong with a pattern; null if nothing is.</summary>
    public static string? FindProblem(string pattern) =>
        !pattern.Contains(Any) ? $"Found the pattern '{pattern}' without a *, expected one such as ##*. Name a word under 'terms', a token under 'tokens'"
        : pattern.AsSpan().Trim(Any).IsEmpty ? $"Found the pattern '{pattern}', which is every token. Expected something beside the *"
        : null;

    /// <summary>Whether a pattern is all of a text.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int at = 0;
        int read = 0;
        int star = -1;
        int readAtStar = 0;
        while (read < text.Length)
        {
            if (at < pattern.Length && pattern[at] == Any)
            {
                star = at++;
                readAtStar = read;
            }
            else if (at < pattern.Length && pattern[at] == text[read])
            {
                at++;
                read++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                at = star + 1;
                read = ++readAtStar;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim(Any).IsEmpty;
    }
}
