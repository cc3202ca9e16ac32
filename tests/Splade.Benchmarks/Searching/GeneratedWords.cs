using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>Seeded vectors of the shape that BM25 gives: words by Zipf's law, of which most are rare, with saturated frequencies.</summary>
/// <param name="seed">What they follow from.</param>
/// <param name="isHashed">Whether positions are hashes over all integers; else they are the words' ranks.</param>
internal sealed class GeneratedWords(int seed, bool isHashed)
{
    private const int Vocabulary = 1_000_000;
    private const int MeanLength = 80;
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;
    private const int QueryWords = 6;

    private readonly Random _random = new(seed);
    private readonly int[] _positions = isHashed ? Hashes(seed) : [.. Enumerable.Range(0, Vocabulary)];

    public SparseVector Document()
    {
        int length = _random.Next(MeanLength / 2, MeanLength * 3 / 2);
        var frequencies = new Dictionary<int, int>();
        for (int i = 0; i < length; i++)
        {
            int word = Draw();
            frequencies[word] = frequencies.GetValueOrDefault(word) + 1;
        }

        double norm = Saturation * (1 - LengthShare + (LengthShare * length / MeanLength));
        return Vector(frequencies.Keys, word => (float)(frequencies[word] * (Saturation + 1) / (frequencies[word] + norm)));
    }

    public SparseVector Query() => Vector(Enumerable.Range(0, QueryWords).Select(_ => Draw()).Distinct(), _ => 1);

    // By a share of 1 / rank.
    private int Draw() => (int)Math.Pow(Vocabulary, _random.NextDouble());

    private SparseVector Vector(IEnumerable<int> words, Func<int, float> weight)
    {
        int[] ascending = [.. words.OrderBy(word => _positions[word])];
        return new SparseVector(
            Array.ConvertAll(ascending, word => _positions[word]), Array.ConvertAll(ascending, word => weight(word)), isHashed ? int.MaxValue : Vocabulary);
    }

    private static int[] Hashes(int seed)
    {
        var random = new Random(~seed);
        var hashes = new HashSet<int>();
        while (hashes.Count < Vocabulary)
        {
            hashes.Add(random.Next(int.MaxValue));
        }

        return [.. hashes];
    }
}
