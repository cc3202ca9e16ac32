namespace Splade.AI.Search.Segments;

/// <summary>Which segments should become one.</summary>
/// <remarks>
/// Neighbours of like size, eight at a time, as in Lucene's tiers: each row is copied once for each factor of eight that the index grows, and
/// there are never more than a few dozen segments. Only neighbours, because rows keep their order.
/// </remarks>
internal static class MergePlan
{
    private const int FanOut = 8;

    /// <summary>The segments to merge; null if all is well.</summary>
    /// <param name="parts">The segments, by insertion.</param>
    /// <param name="smallest">How many rows the smallest segments have.</param>
    public static IReadOnlyList<SegmentPart<TKey, TVector>>? Find<TKey, TVector>(IReadOnlyList<SegmentPart<TKey, TVector>> parts, int smallest)
        where TKey : notnull
    {
        int run = 0;
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            if (2 * parts[i].Removed.Count > parts[i].Segment.Rows)
            {
                return [parts[i]];
            }

            run = run > 0 && Tier(parts[i].Count, smallest) <= Tier(parts[i + 1].Count, smallest) ? run + 1 : 1;
            if (run == FanOut)
            {
                return [.. parts.Skip(i).Take(FanOut)];
            }
        }

        return null;
    }

    private static int Tier(int rows, int smallest) => rows <= smallest ? 0 : (int)Math.Log((double)rows / smallest, FanOut) + 1;
}
