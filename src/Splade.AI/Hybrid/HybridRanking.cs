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
    public static IReadOnlyList<HybridHit> Rank(
        IReadOnlyList<SearchHit<string>>? sparse, IReadOnlyList<SearchHit<string>>? dense, int top, Func<string, HybridRecord> recordOf)
    {
        Dictionary<string, RankedScore> sparsePlaces = Places(sparse);
        Dictionary<string, RankedScore> densePlaces = Places(dense);
        bool isFused = sparse is not null && dense is not null;
        return [.. Order(sparse, dense).Take(top).Select((hit, i) =>
        {
            RankedScore? sparsePlace = PlaceOf(hit.Key, sparsePlaces), densePlace = PlaceOf(hit.Key, densePlaces);
            return new HybridHit(recordOf(hit.Key), i + 1, hit.Score, sparsePlace, densePlace)
            {
                Fusion = isFused ? Fused(hit, i + 1, sparsePlace, densePlace)
                    : Alone(hit, i + 1, sparse is not null ? (SparseSide, sparsePlace) : (DenseSide, densePlace)),
            };
        })];
    }

    private static FusionExplanation Fused(SearchHit<string> hit, int rank, RankedScore? sparse, RankedScore? dense) => new()
    {
        Method = $"reciprocal rank fusion (k = {ReciprocalRankFusion.DefaultK})",
        Rank = rank,
        Score = hit.Score,
        Sides = [ReciprocalRankFusion.Explain(SparseSide, sparse), ReciprocalRankFusion.Explain(DenseSide, dense)],
    };

    private static FusionExplanation Alone(SearchHit<string> hit, int rank, (string Name, RankedScore? Place) side) => new()
    {
        Rank = rank,
        Score = hit.Score,
        Sides = [new FusedSide { Name = side.Name, Place = side.Place, Contribution = hit.Score }],
    };

    private static IReadOnlyList<SearchHit<string>> Order(
        IReadOnlyList<SearchHit<string>>? sparse, IReadOnlyList<SearchHit<string>>? dense) =>
        sparse is not null && dense is not null
            ? ReciprocalRankFusion.Fuse<string>([Keys(sparse), Keys(dense)])
            : sparse ?? dense ?? [];

    private static string[] Keys(IReadOnlyList<SearchHit<string>> hits) => [.. hits.Select(hit => hit.Key)];

    private static Dictionary<string, RankedScore> Places(IReadOnlyList<SearchHit<string>>? hits) =>
        (hits ?? []).Select((hit, i) => (hit.Key, Place: new RankedScore(i + 1, hit.Score))).ToDictionary(StringComparer.Ordinal);

    private static RankedScore? PlaceOf(string id, Dictionary<string, RankedScore> places) =>
        places.TryGetValue(id, out RankedScore place) ? place : null;
}
