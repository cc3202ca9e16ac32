using System.Buffers;
using Splade.AI.Hashing;
using Splade.AI.Lexical;
using Splade.AI.Tokenization;

namespace Splade.AI.Bm42;

/// <summary>
/// Makes the vectors of BM42 of tokens and attention, as FastEmbed's <c>sparse/bm42.py</c> does: words from their pieces, without stop words and
/// punctuation, stemmed; of a stem the largest weight <c>ln(1 + attention) ^ alpha</c>. Safe for concurrent use.
/// </summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="specialTokens">Tokens that are no part of words.</param>
/// <param name="stopWords">Words that do not count, as the tokenizer leaves them.</param>
/// <param name="alpha">The power of weights.</param>
internal sealed class Bm42Words(Tokenizer tokenizer, IReadOnlySet<string> specialTokens, IReadOnlySet<string> stopWords, double alpha)
{
    // Python's string.punctuation.
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

    private readonly PieceJoiner _joiner = new(tokenizer, specialTokens);

    /// <summary>The words of a text.</summary>
    public Bm42Word[] Read(ReadOnlySpan<long> ids) =>
        [.. _joiner.Join(ids).Select(word => new Bm42Word(word, Counts(word.Text) ? EnglishStemmer.Classic.Stem(word.Text) : null))];

    /// <summary>The vector of a document.</summary>
    /// <param name="ids">The ids of its tokens.</param>
    /// <param name="attention">How much each of them is attended to.</param>
    public SparseVector OfDocument(ReadOnlySpan<long> ids, ReadOnlySpan<float> attention)
    {
        var stems = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (Bm42Word word in Read(ids))
        {
            if (word.Stem is string stem)
            {
                stems[stem] = Math.Max(stems.GetValueOrDefault(stem), word.Weigh(attention));
            }
        }

        return ToVector(stems.Select(s => (s.Key, Scale(s.Value))));
    }

    /// <summary>The vector of a query: 1 for each of its stems.</summary>
    public SparseVector OfQuery(ReadOnlySpan<long> ids) => ToVector(Read(ids).Select(w => w.Stem).OfType<string>().Distinct().Select(stem => (stem, 1f)));

    /// <summary>The weight of a stem.</summary>
    public float Scale(double attention) => (float)Math.Pow(Math.Log(1 + attention), alpha);

    // Of two stems on one dimension the one that was met first later has it.
    private static SparseVector ToVector(IEnumerable<(string Stem, float Weight)> stems)
    {
        var entries = new SortedDictionary<int, float>();
        foreach ((string stem, float weight) in stems)
        {
            entries[HashedTerms.DimensionOf(stem)] = weight;
        }

        KeyValuePair<int, float>[] kept = [.. entries.Where(e => e.Value > 0)];
        return SparseVector.Own(Array.ConvertAll(kept, e => e.Key), Array.ConvertAll(kept, e => e.Value), HashedTerms.Dimensions);
    }

    private bool Counts(string word) => !stopWords.Contains(word) && !(word.Length == 1 && Punctuation.Contains(word[0]));
}
