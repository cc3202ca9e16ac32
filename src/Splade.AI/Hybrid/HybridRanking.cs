using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Makes hits of what each side of a search returned, and keeps their places on each side.</summary>
internal static class HybridRanking
{
    private const string SparseSide = "sparse";
    private const string DenseSide = "dense";

    /// <param name="sparse">The hits of the sparse side, best first; null if it was not searched.</param>
    /// <param name="dense">The hits of the dense side, best first; null if it was not searched.</param>
    /// <param name="top">How many hits at most.</param>
    /// <param name="recordOf">The record of an id.</param>
    /// <param name="scoring">How two sides are fused; null for the default.</param>
    public static IReadOnlyList<HybridHit> Rank(
        IReadOnlyList<SearchHit<string>>? sparse,
        IReadOnlyList<SearchHit<string>>? dense,
        int top,
        Func<string, HybridRecord> recordOf,
        HybridScoring? scoring = null)
    {
        if (sparse is null || dense is null)
        {
            string side = sparse is not null ? SparseSide : DenseSide;
            return [.. (sparse ?? dense ?? []).Take(top).Select((hit, i) => Alone(recordOf(hit.Key), side, i + 1, hit.Score))];
        }

        scoring ??= HybridScoring.Default;

        // Ranks need no scores of what a side did not return: these are for the explanation of the hits.
        bool scoresCount = scoring.Fusion.Method != FusionMethod.ReciprocalRank;
        var candidates = new HybridCandidates<string>(sparse, dense, scoresCount ? scoring.Sparse : null, scoresCount ? scoring.Dense : null);
        var sides = FusedSides.Of(scoring.Fusion, candidates);
        Dictionary<string, HybridCandidate<string>> byKey = candidates.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        return
        [
            .. scoring.Fusion.Fuse(candidates).Take(top).Select((hit, i) =>
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

    private static SideScore Complete(SideScore score, string id, Func<string, float?>? scoreOf) =>
        score.Score is null && scoreOf?.Invoke(id) is float known && float.IsFinite(known) ? score with { Score = known } : score;

    private static FusedSide Explain(string name, SideScore score, ISideScale scale) => new()
    {
        Name = name,
        Place = score.Place,
        Score = score.Score,
        Contribution = scale.Contribution(score),
        Arithmetic = scale.Arithmetic(score),
    };

    private static HybridHit Alone(HybridRecord record, string side, int rank, float score)
    {
        var place = new RankedScore(rank, score);
        return new HybridHit(record, rank, score, side == SparseSide ? place : null, side == DenseSide ? place : null)
        {
            Fusion = new FusionExplanation
            {
                Rank = rank,
                Score = score,
                Sides = [new FusedSide { Name = side, Place = place, Score = score, Contribution = score }],
            },
        };
    }
}
