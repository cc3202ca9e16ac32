namespace Splade.AI.Search.Segments;

/// <summary>Which segments should become one.</summary>
/// <remarks>
/// <para>
/// Neighbours of like size, eight at a time, as in Lucene's tiers: each row is copied once for each factor of eight that the index grows. Batches
/// whose sizes go up and down leave no such neighbours: when segments have become many, eight of which none outweighs the others become one, so
/// that rows come into a segment of twice the size at least; and if there are none of these either, the eight with the fewest rows. Only
/// neighbours, because rows keep their order.
/// </para>
/// <para>No merge makes a segment of more than one can hold (<see cref="SegmentSize.Fill"/>).</para>
/// </remarks>
internal static class MergePlan
{
    /// <summary>There stay no more segments than these, but for full ones.</summary>
    public const int MostSegments = 32;

    /// <summary>So many segments may wait for others of like size: batches of one size leave no more up to a million rows.</summary>
    private const int PatientSegments = 24;

    private const int FanOut = 8;

    /// <summary>The segments to merge next; null if all is well.</summary>
    /// <param name="sizes">The sizes of the segments, by insertion.</param>
    /// <param name="smallest">How many rows the smallest segments have.</param>
    /// <returns>The first of them, and how many they are.</returns>
    public static (int First, int Count)? Find(IReadOnlyList<SegmentSize> sizes, int smallest)
    {
        int run = 0;
        for (int i = sizes.Count - 1; i >= 0; i--)
        {
            if (2L * sizes[i].Live < sizes[i].Rows)
            {
                return (i, 1);
            }

            run = run > 0 && Tier(sizes[i].Live, smallest) <= Tier(sizes[i + 1].Live, smallest) ? run + 1 : 1;
            if (run >= FanOut && Fits(sizes, i))
            {
                return (i, FanOut);
            }
        }

        return (sizes.Count > PatientSegments ? FindBalanced(sizes) : null) ?? (sizes.Count > MostSegments ? FindCheapest(sizes) : null);
    }

    /// <summary>All merges after which there are as few segments as can be, without rows that were taken out.</summary>
    /// <param name="sizes">The sizes of the segments, by insertion.</param>
    /// <returns>The first segment of each merge, and how many there are.</returns>
    public static IReadOnlyList<(int First, int Count)> FindAll(IReadOnlyList<SegmentSize> sizes)
    {
        var merges = new List<(int First, int Count)>();
        int first = 0;
        while (first < sizes.Count)
        {
            int end = first + 1;
            for (double fill = sizes[first].Fill; end < sizes.Count && (fill += sizes[end].Fill) <= 1;)
            {
                end++;
            }

            if (end - first > 1 || sizes[first].Live < sizes[first].Rows)
            {
                merges.Add((first, end - first));
            }

            first = end;
        }

        return merges;
    }

    private static (int First, int Count)? FindBalanced(IReadOnlyList<SegmentSize> sizes)
    {
        for (int i = sizes.Count - FanOut; i >= 0; i--)
        {
            if (2L * Run(sizes, i).Max(size => size.Live) <= RowsOf(sizes, i) && Fits(sizes, i))
            {
                return (i, FanOut);
            }
        }

        return null;
    }

    private static (int First, int Count)? FindCheapest(IReadOnlyList<SegmentSize> sizes)
    {
        (int, int)? cheapest = null;
        long least = long.MaxValue;
        for (int i = sizes.Count - FanOut; i >= 0; i--)
        {
            long rows = RowsOf(sizes, i);
            if (rows < least && Fits(sizes, i))
            {
                (cheapest, least) = ((i, FanOut), rows);
            }
        }

        return cheapest;
    }

    private static long RowsOf(IReadOnlyList<SegmentSize> sizes, int first) => Run(sizes, first).Sum(size => (long)size.Live);

    private static bool Fits(IReadOnlyList<SegmentSize> sizes, int first) => Run(sizes, first).Sum(size => size.Fill) <= 1;

    private static IEnumerable<SegmentSize> Run(IReadOnlyList<SegmentSize> sizes, int first) => sizes.Skip(first).Take(FanOut);

    private static int Tier(int rows, int smallest) => rows <= smallest ? 0 : (int)Math.Log((double)rows / smallest, FanOut) + 1;
}
