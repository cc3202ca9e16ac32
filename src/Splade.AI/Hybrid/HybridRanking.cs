using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Makes hits of what each side of a search returned, and keeps their places on each side.</summary>
internal static class HybridRanking
{
    private const string SparseSide = "sparse";
    private const string DenseSide = "dense";

    /// <summary>The hits of both sides.</summary>
    /// <param name="sparse">What the sparse side found.</param>
    /// <param name="dense">What the dense side found.</param>
    /// <param name="top">How many hits at most.</param>
    /// <param name="recordOf">The record of an id.</param>
    /// <param name="scoring">How they are fused.</param>
    public static IReadOnlyList<HybridHit> Fuse(SideHits sparse, SideHits dense, int top, Func<string, HybridRecord> recordOf, HybridScoring scoring)
    {
        HybridCandidates<string> candidates = scoring.Candidates(sparse, dense);
        var sides = FusedSides.Of(scoring.Fusion, candidates);
        Dictionary<string, HybridCandidate<string>> byKey = candidates.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        return
        [
            .. scoring.Fusion.Fuse(candidates, sides).Take(top).Select((hit, i) =>
            {
                HybridCandidate<string> entry = byKey[hit.Key];
                SideScore sparseScore = Complete(entry.Sparse, hit.Key, scoring.Sparse), denseScore = Complete(entry.Dense, hit.Key, scoring.Dense);
                return new HybridHit(recordOf(hit.Key), i + 1, hit.Score, entry.Sparse.Place, entry.Dense.Place)
                {
                    Fusion = new FusionExplanation
                    {
                        Method = scoring.Fusion.Description,
                        Rank = i + 1,
                        Score = hit.Score,
                        Sides = [Explain(SparseSide, sparseScore, sides.Sparse), Explain(DenseSide, denseScore, sides.Dense)],
                    },
                };
            }),
        ];
    }

    /// <summary>The hits of one side, if only that was searched.</summary>
    public static IReadOnlyList<HybridHit> Alone(SearchHit<string>[] hits, bool isSparse, Func<string, HybridRecord> recordOf)
    {
        int[] ranks = CompetitionRanks.Of(hits.Select(hit => hit.Score));
        return
        [
            .. hits.Select((hit, i) => Alone(
                recordOf(hit.Key),
                isSparse ? SparseSide : DenseSide,
                i + 1,
                new RankedScore(ranks[i], hit.Score) { IsShared = CompetitionRanks.IsShared(ranks, i) })),
        ];
    }

    // Not for the fusion, but for the explanation of the hit.
    private static SideScore Complete(SideScore score, string id, Func<string, float?> scoreOf) =>
        score.Score is null && scoreOf(id) is float known ? score with { Score = known } : score;

    private static FusedSide Explain(string name, SideScore score, ISideScale scale) => new()
    {
        Name = name,
        Place = score.Place,
        Score = score.Score,
        Contribution = scale.Contribution(score),
        Arithmetic = scale.Arithmetic(score),
    };

    private static HybridHit Alone(HybridRecord record, string side, int rank, RankedScore place) =>
        new(record, rank, place.Score, side == SparseSide ? place : null, side == DenseSide ? place : null)
        {
            Fusion = new FusionExplanation
            {
                Rank = rank,
                Score = place.Score,
                Sides = [new FusedSide { Name = side, Place = place, Score = place.Score, Contribution = place.Score }],
            },
        };
}
