using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>One leg of a hybrid search, and what it says of candidates, its own and those of the others.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal sealed class CandidateSide<TKey>
    where TKey : notnull
{
    private readonly CandidateLeg<TKey> _leg;
    private readonly Dictionary<TKey, SideScore> _returned;
    private readonly Dictionary<float, int> _ranks = [];

    /// <param name="leg">What it returned.</param>
    /// <exception cref="ArgumentException">A key comes twice, or a score is not finite.</exception>
    public CandidateSide(CandidateLeg<TKey> leg)
    {
        ArgumentNullException.ThrowIfNull(leg.Hits, leg.Name);
        _leg = leg;
        _returned = new Dictionary<TKey, SideScore>(leg.Hits.Count);
        foreach ((SearchHit<TKey> hit, int rank) in leg.Hits.Zip(CompetitionRanks.Of(leg.Hits.Select(hit => hit.Score))))
        {
            if (!_returned.TryAdd(hit.Key, new SideScore(rank, Finite(hit.Key, hit.Score), IsReturned: true)))
            {
                throw new ArgumentException($"The hits hold the key '{hit.Key}' twice, expected once.", leg.Name);
            }

            _ranks.TryAdd(hit.Score, rank);
        }
    }

    /// <summary>What the leg says of each of all candidates.</summary>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    public SideScore[] ScoresOf(TKey[] candidates)
    {
        SideScore[] scores = Array.ConvertAll(candidates, key => _returned.TryGetValue(key, out SideScore place) ? place : Elsewhere(key));
        HashSet<int> shared = [.. scores.Where(score => score.Rank is not null).CountBy(score => score.Rank!.Value).Where(c => c.Value > 1).Select(c => c.Key)];
        return Array.ConvertAll(scores, score => score with { IsShared = score.Rank is int rank && shared.Contains(rank) });
    }

    private SideScore Elsewhere(TKey key) => _leg.Score?.Invoke(key) is not float score
        ? default
        : new SideScore(_ranks.TryGetValue(Finite(key, score), out int rank) ? rank : null, score);

    private float Finite(TKey key, float score) => float.IsFinite(score)
        ? score
        : throw new ArgumentException($"Found the score {score} for the key '{key}', expected a finite number.", _leg.Name);
}
