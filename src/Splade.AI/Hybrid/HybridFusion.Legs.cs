using System.Globalization;
using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <content>The fusion of the legs of one search, with the reasons: what stores make their hits of.</content>
public sealed partial record HybridFusion
{
    /// <summary>Ranks what the legs of a search found: fuses several, and takes the order of one. Each place comes with its reasons.</summary>
    /// <param name="legs">What they found. Their order decides between equal scores.</param>
    /// <param name="top">How many places at most.</param>
    /// <returns>The ids of records and their places, best first; <see cref="HybridHit.Of"/> makes hits of both.</returns>
    /// <exception cref="ArgumentException">There is no leg, a leg holds an id twice, or a score is not finite or below the minimum of the fusion.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<(string Id, FusionExplanation Fusion)> Rank(IReadOnlyList<CandidateLeg<string>> legs, int top)
    {
        ArgumentNullException.ThrowIfNull(legs);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (legs is [{ } alone])
        {
            return Alone(alone, top);
        }

        // Ranks need no scores of what a leg did not return, unless such a record may have the score of the last that it did.
        var candidates = new HybridCandidates<string>(
            legs.Select(leg => Method != FusionMethod.ReciprocalRank || leg.EndsInTie ? leg : leg with { Score = null }));
        ISideScale[] scales = FusedSides.Of(this, candidates);
        Dictionary<string, HybridCandidate<string>> byKey = candidates.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        string method = Describe(legs);
        return
        [
            .. Fuse(candidates, scales).Take(top).Select((hit, i) => (hit.Key, new FusionExplanation
            {
                Method = method,
                Rank = i + 1,
                Score = hit.Score,
                Sides = [.. legs.Select((leg, at) => Explain(leg, Complete(byKey[hit.Key].Legs[at], hit.Key, leg.Score), scales[at], hit.Score))],
            })),
        ];
    }

    /// <summary>How much a leg counts.</summary>
    internal float WeightOf<TKey>(CandidateLeg<TKey> leg)
        where TKey : notnull => leg.Weight * (leg.Kind == VectorKind.Sparse ? SparseWeight : DenseWeight);

    /// <summary>The same where it is known how each leg counts.</summary>
    private SearchHit<TKey>[] Fuse<TKey>(HybridCandidates<TKey> candidates, ISideScale[] scales)
        where TKey : notnull
    {
        bool[] counts = [.. candidates.Legs.Select(leg => WeightOf(leg) > 0)];
        return
        [
            .. candidates.Entries
                .Where(entry => entry.Legs.Index().Any(leg => counts[leg.Index] && leg.Item.IsReturned))
                .Select(entry => new SearchHit<TKey>(entry.Key, (float)entry.Legs.Select((leg, i) => scales[i].Contribution(leg)).Sum()))
                .OrderByDescending(hit => hit.Score),
        ];
    }

    private static (string Id, FusionExplanation Fusion)[] Alone(CandidateLeg<string> leg, int top)
    {
        int[] ranks = CompetitionRanks.Of(leg.Hits.Select(hit => hit.Score));
        return [.. leg.Hits.Take(top).Select((hit, i) => (hit.Key, new FusionExplanation
        {
            Rank = i + 1,
            Score = hit.Score,
            Sides =
            [
                new FusedSide
                {
                    Name = leg.Name,
                    Kind = leg.Kind,
                    Place = new RankedScore(ranks[i], hit.Score) { IsShared = CompetitionRanks.IsShared(ranks, i) },
                    Score = hit.Score,
                    Contribution = hit.Score,
                    Share = 1,
                },
            ],
        }))];
    }

    /// <summary>The method, with the weights of legs where they are not all 1.</summary>
    private string Describe(IReadOnlyList<CandidateLeg<string>> legs) => legs.All(leg => leg.Weight == 1)
        ? Description
        : $"{Description} of {string.Join(", ", legs.Select(leg => string.Create(CultureInfo.InvariantCulture, $"{leg.Name} * {leg.Weight:0.####}")))}";

    // Not for the fusion, but for the explanation of the hit.
    private static SideScore Complete(SideScore score, string id, Func<string, float?>? scoreOf) =>
        score.Score is null && scoreOf?.Invoke(id) is float known ? score with { Score = known } : score;

    private static FusedSide Explain(CandidateLeg<string> leg, SideScore score, ISideScale scale, float sum)
    {
        double contribution = scale.Contribution(score);
        return new FusedSide
        {
            Name = leg.Name,
            Kind = leg.Kind,
            Place = score.Place,
            Score = score.Score,
            Contribution = contribution,
            Share = sum == 0 ? 0 : contribution / sum,
            Arithmetic = scale.Arithmetic(score),
        };
    }
}
