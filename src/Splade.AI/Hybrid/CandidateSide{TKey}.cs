using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>One side of a hybrid search, and what it says of candidates, its own and those of the other side.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal sealed class CandidateSide<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, SideScore> _returned;
    private readonly Dictionary<float, int> _ranks = [];
    private readonly Func<TKey, float?>? _score;
    private readonly string _scoreParameter;

    /// <param name="hits">What it returned, best first.</param>
    /// <param name="parameter">What the caller calls them.</param>
    /// <param name="score">The score of a key that it did not return; null, or a result of null, if it is not known.</param>
    /// <param name="scoreParameter">What the caller calls that.</param>
    /// <exception cref="ArgumentException">A key comes twice, or a score is not finite.</exception>
    public CandidateSide(IReadOnlyList<SearchHit<TKey>> hits, string parameter, Func<TKey, float?>? score, string scoreParameter)
    {
        _returned = new Dictionary<TKey, SideScore>(hits.Count);
        _score = score;
        _scoreParameter = scoreParameter;
        foreach ((SearchHit<TKey> hit, int rank) in hits.Zip(CompetitionRanks.Of(hits.Select(hit => hit.Score))))
        {
            if (!_returned.TryAdd(hit.Key, new SideScore(rank, Finite(hit.Key, hit.Score, parameter), IsReturned: true)))
            {
                throw new ArgumentException($"The hits hold the key '{hit.Key}' twice, expected once.", parameter);
            }

            _ranks.TryAdd(hit.Score, rank);
        }
    }

    /// <summary>What the side says of each of all candidates.</summary>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    public SideScore[] ScoresOf(TKey[] candidates)
    {
        SideScore[] scores = Array.ConvertAll(candidates, key => _returned.TryGetValue(key, out SideScore place) ? place : Elsewhere(key));
        HashSet<int> shared = [.. scores.Where(score => score.Rank is not null).CountBy(score => score.Rank!.Value).Where(c => c.Value > 1).Select(c => c.Key)];
        return Array.ConvertAll(scores, score => score with { IsShared = score.Rank is int rank && shared.Contains(rank) });
    }

    private SideScore Elsewhere(TKey key) => _score?.Invoke(key) is not float score
        ? default
        : new SideScore(_ranks.TryGetValue(Finite(key, score, _scoreParameter), out int rank) ? rank : null, score);

    private static float Finite(TKey key, float score, string parameter) => float.IsFinite(score)
        ? score
        : throw new ArgumentException($"Found the score {score} for the key '{key}', expected a finite number.", parameter);
}
