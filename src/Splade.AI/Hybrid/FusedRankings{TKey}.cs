using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Adds up what rankings bring to the scores of their keys.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal sealed class FusedRankings<TKey>
    where TKey : notnull
{
    private readonly IReadOnlyList<float>? _weights;
    private readonly int _k;
    private readonly string _weightsParameter;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
    public FusedRankings(IReadOnlyList<float>? weights, int k, string weightsParameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        _weights = weights;
        _k = k;
        _weightsParameter = weightsParameter;
    }

    public IReadOnlyList<SearchHit<TKey>> Fuse(IReadOnlyList<IReadOnlyList<TKey>> rankings, string parameter)
    {
        ArgumentNullException.ThrowIfNull(rankings, parameter);
        return Fuse([.. rankings.Select(ranking => ranking?.Select((key, i) => new RankedKey(key, i + 1)).ToArray())], parameter);
    }

    public IReadOnlyList<SearchHit<TKey>> Fuse(IReadOnlyList<IReadOnlyList<SearchHit<TKey>>> rankings, string parameter)
    {
        ArgumentNullException.ThrowIfNull(rankings, parameter);
        return Fuse([.. rankings.Select(ranking => ranking is null ? null : Ranked(ranking))], parameter);
    }

    private static RankedKey[] Ranked(IReadOnlyList<SearchHit<TKey>> hits) =>
        [.. hits.Zip(CompetitionRanks.Of(hits.Select(hit => hit.Score)), (hit, rank) => new RankedKey(hit.Key, rank))];

    private SearchHit<TKey>[] Fuse(RankedKey[]?[] rankings, string parameter)
    {
        RankingWeights.Check(_weights ?? [.. rankings.Select(_ => 1f)], rankings.Length, _weightsParameter);
        CheckRankings(rankings, parameter);

        // Filled by place, then by ranking, so that a stable sort leaves what is equal in all else in that order.
        var sums = new OrderedDictionary<TKey, FusedKey>();
        for (int place = 0; place < rankings.Select(ranking => ranking!.Length).DefaultIfEmpty().Max(); place++)
        {
            for (int list = 0; list < rankings.Length; list++)
            {
                float weight = _weights?[list] ?? 1;
                if (weight > 0 && place < rankings[list]!.Length)
                {
                    RankedKey ranked = rankings[list]![place];
                    var part = new FusedKey(HybridFusion.RankContribution(ranked.Rank, weight, _k), ranked.Rank, list);
                    sums[ranked.Key] = sums.TryGetValue(ranked.Key, out FusedKey known) ? known.And(part) : part;
                }
            }
        }

        return
        [
            .. sums.OrderByDescending(pair => (float)pair.Value.Sum).ThenBy(pair => pair.Value.BestRank).ThenBy(pair => pair.Value.List)
                .Select(pair => new SearchHit<TKey>(pair.Key, (float)pair.Value.Sum)),
        ];
    }

    private static void CheckRankings(RankedKey[]?[] rankings, string parameter)
    {
        for (int list = 0; list < rankings.Length; list++)
        {
            var seen = new HashSet<TKey>();
            foreach ((TKey key, _) in rankings[list] ?? throw new ArgumentException($"Ranking {list} is null.", parameter))
            {
                if (!seen.Add(key))
                {
                    throw new ArgumentException($"Ranking {list} holds the key '{key}' twice, expected once.", parameter);
                }
            }
        }
    }

    private readonly record struct RankedKey(TKey Key, int Rank);

    /// <param name="Sum">What all rankings brought so far.</param>
    /// <param name="BestRank">The best single rank.</param>
    /// <param name="List">The first ranking that has it.</param>
    private readonly record struct FusedKey(double Sum, int BestRank, int List)
    {
        public FusedKey And(FusedKey other) =>
            ((other.BestRank, other.List).CompareTo((BestRank, List)) < 0 ? other : this) with { Sum = Sum + other.Sum };
    }
}
