using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
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
    private const int PlaceBits = 15;

    /// <summary>Longer words are not remembered, so that the table stays small.</summary>
    private const int LongestRemembered = 64;

    private readonly Entry?[] _entries = new Entry?[1 << PlaceBits];

    /// <summary>The term of a word.</summary>
    /// <param name="word">The word: in lower case, or as it is written if it is ASCII, whose lower case is the same wherever it stands.</param>
    /// <returns>The term; null for a stop word, a single punctuation mark, and a word without a stem.</returns>
    public Term? Find(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestRemembered)
        {
            return Create(LowerCase.Of(word.ToString()));
        }

        ref Entry? place = ref _entries[PlaceOf(word)];
        Entry? entry = place;
        if (entry is null || !word.SequenceEqual(entry.Word))
        {
            string text = word.ToString();
            place = entry = new Entry(text, Create(LowerCase.Of(text)));
        }

        return entry.Term;
    }

    // Whoever writes texts whose words meet at one place has them cut anew each time, which costs what it would without a table.
    private static int PlaceOf(ReadOnlySpan<char> word)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)word.Length;
        for (; word.Length >= 4; word = word[4..])
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(word))) * Factor, 32);
        }

        foreach (char c in word)
        {
            hash = (hash ^ c) * Factor;
        }

        return (int)(hash * Factor >> (64 - PlaceBits));
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
