using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Splade.AI.Lexical;

namespace Splade.AI.Bm25;

/// <summary>The terms of words: which stem each has, if it counts at all.</summary>
/// <remarks>
/// Safe for concurrent use. It remembers words that it has met, each at one place that its hash says, where the next one with that place takes it: the
/// few words that make up most of a text are there, and the table never grows.
/// </remarks>
/// <param name="stemmer">Cuts words to their stems.</param>
/// <param name="stopWords">Words without a term, in lower case.</param>
internal sealed class TermTable(WordStemmer stemmer, FrozenSet<string> stopWords)
{
    private const int Places = 1 << 15;

    /// <summary>Longer words are not remembered, so that the table stays small.</summary>
    private const int LongestRemembered = 64;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The term of a word.</summary>
    /// <param name="word">The word, in lower case.</param>
    /// <returns>The term; null for a stop word, a single punctuation mark, and a word without a stem.</returns>
    public Term? Find(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestRemembered)
        {
            return Create(word.ToString());
        }

        ref Entry? place = ref _entries[string.GetHashCode(word) & (Places - 1)];
        Entry? entry = place;
        if (entry is null || !word.SequenceEqual(entry.Word))
        {
            string text = word.ToString();
            place = entry = new Entry(text, Create(text));
        }

        return entry.Term;
    }

    private Term? Create(string word) =>
        stopWords.Contains(word) || IsPunctuation(word) || stemmer.Stem(word) is not { Length: > 0 } stem ? null : new Term(stem);

    // Of the runs of the default rule only the underscore is one.
    private static bool IsPunctuation(string word) =>
        Rune.DecodeFromUtf16(word, out Rune scalar, out int width) == System.Buffers.OperationStatus.Done && width == word.Length
        && Rune.GetUnicodeCategory(scalar) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private sealed record Entry(string Word, Term? Term);
}
