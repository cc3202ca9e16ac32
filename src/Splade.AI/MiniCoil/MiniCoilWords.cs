using System.Buffers;
using System.Globalization;
using System.Text;
using Splade.AI.Hashing;
using Splade.AI.Lexical;
using Splade.AI.Tokenization;

namespace Splade.AI.MiniCoil;

/// <summary>
/// Reads a text as FastEmbed's <c>sparse/minicoil.py</c> and the files beside it do: words from their pieces, each known one with the mean of its hidden
/// states, the others as stems. Safe for concurrent use.
/// </summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="words">The known words.</param>
/// <param name="matrices">Their matrices.</param>
/// <param name="stopWords">Words that do not count.</param>
internal sealed class MiniCoilWords(Tokenizer tokenizer, KnownWords words, WordMatrices matrices, IReadOnlySet<string> stopWords)
{
    private const int LongestStem = 40;

    /// <summary>The dimensions of known words end at a multiple of this, two more of which are left free.</summary>
    private const int Block = 32_000;

    private static readonly HashSet<string> SpecialTokens = ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"];

    private readonly PieceJoiner _joiner = new(tokenizer, leftOut: new HashSet<string>());
    private readonly int _shift = (((words.Count + 1) * matrices.Components / Block) + 2) * Block;

    /// <summary>Reads a text.</summary>
    /// <param name="ids">The ids of its tokens.</param>
    /// <param name="hidden">Their hidden states, one after the other.</param>
    public MiniCoilReading Read(ReadOnlySpan<long> ids, ReadOnlySpan<float> hidden)
    {
        var known = new SortedDictionary<int, (string Word, List<PieceWord> Places)>();
        var unknown = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (PieceWord word in _joiner.Join(ids))
        {
            if (!stopWords.Contains(word.Text) && words.Find(word.Text) is string found)
            {
                int number = words.NumberOf(found)!.Value;
                if (!known.TryGetValue(number, out (string Word, List<PieceWord> Places) entry))
                {
                    known[number] = entry = (found, []);
                }

                entry.Places.Add(word);
            }
            else
            {
                unknown[word.Text] = unknown.GetValueOrDefault(word.Text) + 1;
            }
        }

        // A stem may be spelt as a known word is: there it counts as that word.
        Dictionary<string, int> counts = known.Values.ToDictionary(k => k.Word, k => k.Places.Count);
        var stems = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string word, int count) in unknown)
        {
            foreach (string stem in StemsOf(word))
            {
                if (counts.TryGetValue(stem, out int spelt))
                {
                    counts[stem] = spelt + count;
                }
                else
                {
                    stems[stem] = stems.GetValueOrDefault(stem) + count;
                }
            }
        }

        var senses = new List<(int Word, float[] Sense, int Count)>();
        foreach ((int number, (string word, List<PieceWord> places)) in known)
        {
            senses.Add((number, matrices.Project(number, Mean(places, hidden)), counts[word]));
        }

        return new MiniCoilReading(senses, [.. stems.Select(s => (DimensionOf(s.Key), s.Value))]);
    }

    private IEnumerable<string> StemsOf(string word)
    {
        if (IsLeftOut(word))
        {
            return [];
        }

        var runs = new List<TokenOffset>();
        WordRuns.Cut(word, runs);
        return runs.Select(run => EnglishStemmer.Classic.Stem(word[run.Start..run.End])).Where(stem => !IsTooLong(stem) && !IsLeftOut(stem));
    }

    private bool IsLeftOut(string word) => stopWords.Contains(word) || SpecialTokens.Contains(word) || IsPunctuation(word);

    private static bool IsTooLong(string stem) => stem.Length > LongestStem && stem.EnumerateRunes().Count() > LongestStem;

    private static bool IsPunctuation(string word) =>
        Rune.DecodeFromUtf16(word, out Rune scalar, out int width) == OperationStatus.Done && width == word.Length
        && Rune.GetUnicodeCategory(scalar) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private int DimensionOf(string stem) => _shift + (int)(HashedTerms.MagnitudeOf(stem) % (uint)(int.MaxValue - _shift));

    private double[] Mean(List<PieceWord> places, ReadOnlySpan<float> hidden)
    {
        double[] mean = new double[matrices.Width];
        int pieces = 0;
        foreach (int piece in places.SelectMany(p => p.Pieces))
        {
            ReadOnlySpan<float> row = hidden.Slice(piece * mean.Length, mean.Length);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += row[i];
            }

            pieces++;
        }

        return Array.ConvertAll(mean, sum => sum / pieces);
    }
}
