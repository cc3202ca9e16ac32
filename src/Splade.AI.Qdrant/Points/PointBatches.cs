using Qdrant.Client.Grpc;

namespace Splade.AI.Qdrant.Points;

/// <summary>Points cut into requests.</summary>
internal static class PointBatches
{
    /// <summary>What a point takes besides itself: a tag and its length.</summary>
    private const int Frame = 6;

    /// <param name="points">The points, none of which is larger than the limit.</param>
    /// <param name="maxBytes">How many bytes of points a request has at most.</param>
    /// <param name="maxCount">How many points a request has at most; null for any number.</param>
    public static IEnumerable<IReadOnlyList<PointStruct>> Cut(IEnumerable<PointStruct> points, int maxBytes, int? maxCount)
    {
        var batch = new List<PointStruct>();
        long bytes = 0;
        foreach (PointStruct point in points)
        {
            int size = point.CalculateSize() + Frame;
            if (batch.Count > 0 && (bytes + size > maxBytes || batch.Count >= (maxCount ?? int.MaxValue)))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(point);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
