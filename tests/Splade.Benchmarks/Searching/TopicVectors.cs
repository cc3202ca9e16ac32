using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>Seeded vectors whose terms go together, as those of texts do: each document has a topic, often a second one, and terms of neither.</summary>
/// <remarks>
/// A topic has 160 terms of its own, the first of them in six of ten of its documents and the last in one of twenty, the first with the larger weights.
/// About two thirds of the 119 terms of a document are of its topics; the others are as popular as in <see cref="GeneratedVectors"/>, and as independent.
/// A query of 43 terms has 24 of one topic, with the larger weights. Weights are multiples of 1/64, so that sums are the same in any order.
/// </remarks>
internal sealed class TopicVectors : IVectorGenerator
{
    private const int OwnTerms = 160;
    private const int QueryOwnTerms = 24;
    private const int QueryOtherTerms = 19;
    private const int OtherTerms = 45;
    private const double First = 0.6;
    private const double Last = 0.05;
    private const double ShareOfSecond = 0.35;

    private readonly Random _random;
    private readonly TermPopularity _popularity;
    private readonly int[][] _topics;

    public TopicVectors(int seed, int topics)
    {
        _random = new Random(seed);
        _popularity = new TermPopularity(_random);
        _topics = [.. Enumerable.Range(0, topics).Select(_ => Distinct(OwnTerms))];
    }

    /// <summary>The topic of the last document, by its number.</summary>
    public int Topic { get; private set; }

    public SparseVector Document()
    {
        Topic = _random.Next(_topics.Length);
        var weights = new Dictionary<int, float>();
        AddOwn(weights, _topics[Topic], 1);
        if (_random.NextDouble() < 0.5)
        {
            AddOwn(weights, _topics[_random.Next(_topics.Length)], ShareOfSecond);
        }

        double length = Math.Exp((0.5 * TermWeights.Gauss(_random)) - 0.125);
        for (int i = 0; i < (int)(OtherTerms * length); i++)
        {
            weights.TryAdd(_popularity.Draw(_random), TermWeights.Draw(_random, scale: 0.7, largest: 4));
        }

        return TermWeights.ToVector(weights);
    }

    public SparseVector Query()
    {
        var weights = new Dictionary<int, float>();
        int[] own = _topics[_random.Next(_topics.Length)];
        while (weights.Count < QueryOwnTerms)
        {
            int place = _random.Next(OwnTerms);
            if (_random.NextDouble() < Chance(place))
            {
                weights.TryAdd(own[place], TermWeights.Draw(_random, Scale(place), largest: 3));
            }
        }

        while (weights.Count < QueryOwnTerms + QueryOtherTerms)
        {
            weights.TryAdd(_popularity.Draw(_random), TermWeights.Draw(_random, scale: 0.4, largest: 3));
        }

        return TermWeights.ToVector(weights);
    }

    private static double Chance(int place) => First + ((Last - First) * place / (OwnTerms - 1));

    private static double Scale(int place) => 1.6 - (1.1 * place / (OwnTerms - 1));

    private void AddOwn(Dictionary<int, float> weights, int[] topic, double share)
    {
        for (int place = 0; place < OwnTerms; place++)
        {
            if (_random.NextDouble() < Chance(place) * share)
            {
                weights.TryAdd(topic[place], TermWeights.Draw(_random, Scale(place), largest: 4));
            }
        }
    }

    private int[] Distinct(int count)
    {
        var terms = new HashSet<int>();
        while (terms.Count < count)
        {
            terms.Add(_popularity.Draw(_random));
        }

        return [.. terms];
    }
}
