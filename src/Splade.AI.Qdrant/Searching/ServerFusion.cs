using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Searching;

/// <summary>Lets the server fuse the legs of a search. It does not say how a hit got its score.</summary>
/// <remarks>
/// Qdrant's RRF is <c>1 / (k + position)</c> with positions from 0, so that its k is ours and one more. Its DBSF adds the legs up without weights, so that
/// its score times the one weight is ours. Both hold without weights only, which mean other things there and here.
/// </remarks>
internal static class ServerFusion
{
    public static async Task<IReadOnlyList<HybridHit>> SearchAsync(
        LegSearch search, IReadOnlyList<QueryLeg> legs, HybridQuery query, CancellationToken cancellationToken)
    {
        (Query fusion, float factor) = Translate(query.Fusion, legs);
        int depth = Math.Max(query.Candidates, query.Top);
        PrefetchQuery[] parts = [.. legs.Where(leg => leg.Query is not null).Select(leg => search.Prefetch(leg, depth))];
        if (parts.Length == 0)
        {
            return [];
        }

        QueryPoints request = search.Points.Reading(new QueryPoints { Prefetch = { parts }, Query = fusion, Limit = (ulong)query.Top }, query.Parts);
        IReadOnlyList<ScoredPoint> points = (await search.Points.QueryAsync([request], cancellationToken).ConfigureAwait(false))[0];
        return
        [
            .. points.Select((point, i) => new HybridHit(
                search.Points.Read(point.Id, point.Payload, point.Vectors, query.Parts), i + 1, factor * point.Score, Sparse: null, Dense: null)),
        ];
    }

    /// <summary>The server's name of a fusion, and what its scores are multiplied by to be ours.</summary>
    /// <exception cref="NotSupportedException">The server has no such fusion.</exception>
    private static (Query Fusion, float Factor) Translate(HybridFusion fusion, IReadOnlyList<QueryLeg> legs)
    {
        float[] weights = [.. legs.Select(leg => leg.Leg.Weight * (leg.Leg.Vector.Kind == VectorKind.Sparse ? fusion.SparseWeight : fusion.DenseWeight))];
        bool areEven = weights.All(weight => weight == weights[0]) && weights[0] > 0;
        return fusion.Method switch
        {
            FusionMethod.ReciprocalRank when areEven => (new Query { Rrf = new Rrf { K = (uint)fusion.K + 1 } }, weights[0]),
            FusionMethod.DistributionBased when areEven => (new Query { Fusion = Fusion.Dbsf }, weights[0]),
            FusionMethod.ReciprocalRank or FusionMethod.DistributionBased => throw Refuse(
                $"the legs with the weights {string.Join(", ", legs.Zip(weights, (leg, weight) => FormattableString.Invariant($"'{leg.Leg.Name}' {weight}")))}",
                "the same for all: what Qdrant calls a weight is not what it is here"),
            _ => throw Refuse($"the {fusion.Description}", $"{FusionMethod.ReciprocalRank} or {FusionMethod.DistributionBased}: Qdrant has no other"),
        };
    }

    private static NotSupportedException Refuse(string found, string expected) => new(
        $"Found {found}, expected {expected}. Choose that, or let the store fuse by "
        + $"{nameof(QdrantHybridStoreOptions)}.{nameof(QdrantHybridStoreOptions.FuseOnServer)} = false.");
}
