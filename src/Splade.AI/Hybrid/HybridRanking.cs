using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Makes hits of what each side of a search returned, and keeps their places on each side.</summary>
internal static class HybridRanking
{
    /// <param name="sparse">The hits of the sparse side, best first; null if it was not searched.</param>
    /// <param name="dense">The hits of the dense side, best first; null if it was not searched.</param>
    /// <param name="top">How many hits at most.</param>
    /// <param name="recordOf">The record of an id.</param>
    public static IReadOnlyList<HybridHit> Rank(
        IReadOnlyList<SearchHit<string>>? sparse, IReadOnlyList<SearchHit<string>>? dense, int top, Func<string, HybridRecord> recordOf)
    {
        Dictionary<string, RankedScore> sparsePlaces = Places(sparse);
        Dictionary<string, RankedScore> densePlaces = Places(dense);
        return [.. Order(sparse, dense).Take(top).Select((hit, i) =>
            new HybridHit(recordOf(hit.Key), i + 1, hit.Score, PlaceOf(hit.Key, sparsePlaces), PlaceOf(hit.Key, densePlaces)))];
    }

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
