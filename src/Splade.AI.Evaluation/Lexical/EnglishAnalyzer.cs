using System.Collections.Frozen;
using Splade.AI.Lexical;

namespace Splade.AI.Evaluation.Lexical;

/// <summary>Cuts English text into the terms of a lexical index.</summary>
/// <remarks>
/// Runs of two or more letters, digits and underscores, in lower case; without the 33 stop words of Lucene's English analyzer; each cut
/// to its stem by <see cref="WordStemmer.EnglishSnowball3"/>. Safe for concurrent use.
/// </remarks>
internal static class EnglishAnalyzer
{
    private const int MinLength = 2;

    private static readonly FrozenSet<string> StopWords = FrozenSet.ToFrozenSet(
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with"
            .Split(' '),
        StringComparer.Ordinal);

    public static IEnumerable<string> Analyze(string text)
    {
        for (int end = 0; end < text.Length;)
        {
            int start = end;
            while (end < text.Length && IsWordCharacter(text[end]))
            {
                end++;
            }

            if (end - start >= MinLength && text[start..end].ToLowerInvariant() is string word && !StopWords.Contains(word))
            {
                yield return WordStemmer.EnglishSnowball3.Stem(word);
            }

            end += end == start ? 1 : 0;
        }
    }

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';
}
