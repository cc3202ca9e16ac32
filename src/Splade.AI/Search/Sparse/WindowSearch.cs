
namespace Splade.AI.Search.Sparse;

/// <summary>Searches windows of segments, one at a time: bounds for all rows, and scores for those that may be among the best.</summary>
/// <remarks>
/// Term after term adds its impacts to the sums of its rows; those that reach the threshold are scored exactly, row by row. Lists of
/// learned sparse vectors are too even for skipping (Mackenzie, Trotman and Lin, 2021, arXiv 2110.11540): adding all of them up in
/// order is faster. The highest sums are looked at first, because they raise the threshold for all others. Not safe for concurrent use: one
/// for each thread.
/// </remarks>
internal sealed unsafe class WindowSearch : IDisposable
{
    private readonly AlignedBuffer<ushort> _sums = new(SegmentLayout.Window);
    private readonly ushort[] _largest = new ushort[SegmentLayout.Window / ImpactKernel.Tile];

    /// <param name="window">The window.</param>
    /// <param name="best">Is offered the rows.</param>
    public void Search(SearchWindow window, BestRows best)
    {
        if (window.Query.IsBounded)
        {
            AddUp(window);
            Span<ushort> largest = _largest.AsSpan(0, (window.To - window.From + ImpactKernel.Tile - 1) / ImpactKernel.Tile);
            ImpactKernel.FindLargest(_sums.Pointer + window.From, window.To - window.From, largest);
            if (best.Missing > 0)
            {
                ScoreTiles(window, best, largest, HighSums.Least(largest, best.Missing));
            }

            ScoreTiles(window, best, largest, least: 1);
        }
        else
        {
            for (int row = window.From; row < window.To; row++)
            {
                Score(window, best, row);
            }
        }

        GC.KeepAlive(window.Query.Segment);
    }

    public void Dispose() => _sums.Dispose();

    /// <summary>Scores the rows whose sums are not below a number, and allow a score that is high enough.</summary>
    private void ScoreTiles(SearchWindow window, BestRows best, ReadOnlySpan<ushort> largest, int least)
    {
        var threshold = new SumThreshold(window.Query, best, least);
        for (int tile = 0; tile < largest.Length; tile++)
        {
            if (largest[tile] < threshold.Least)
            {
                continue;
            }

            int row = window.From + (tile * ImpactKernel.Tile);
            int end = Math.Min(window.To, row + ImpactKernel.Tile);
            while (threshold.Least <= ushort.MaxValue && (row = ImpactKernel.Find(_sums.Pointer, row, end, (ushort)threshold.Least)) < end)
            {
                // Not a second time.
                _sums.Pointer[row] = 0;
                Score(window, best, row);
            }
        }
    }

    private static void Score(SearchWindow window, BestRows best, int rowOfWindow)
    {
        int row = (window.Window * SegmentLayout.Window) + rowOfWindow;
        if (window.IsHit?.Invoke(row) is not false)
        {
            fixed (float* weights = window.Query.Weights)
            {
                best.Offer(window.Query.Segment.Score(row, weights), window.FirstPosition + row);
            }
        }
    }

    private void AddUp(SearchWindow window)
    {
        SegmentQuery query = window.Query;
        int terms = query.Terms.Length, dense = 0;
        byte** blocks = stackalloc byte*[terms];
        ushort* factors = stackalloc ushort[terms];
        for (int i = 0; i < terms; i++)
        {
            ImpactList list = query.Segment.ListOf(query.Terms[i], window.Window);
            if (list.IsDense)
            {
                blocks[dense] = list.Block + window.From;
                factors[dense++] = query.Factors[i];
            }
        }

        // A block goes on with zeros to the end of its last tile.
        int tiles = (window.To - window.From + ImpactKernel.Tile - 1) / ImpactKernel.Tile;
        ImpactKernel.AddBlocks(_sums.Pointer + window.From, blocks, factors, dense, tiles * ImpactKernel.Tile);
        int rows = query.Segment.Layout.RowsOf(window.Window);
        for (int i = 0; i < terms; i++)
        {
            ImpactList list = query.Segment.ListOf(query.Terms[i], window.Window);
            if (!list.IsDense)
            {
                int from = window.From == 0 ? 0 : list.CountBefore(window.From, rows);
                int to = window.To == rows ? list.Count : list.CountBefore(window.To, rows);
                ImpactKernel.AddList(_sums.Pointer, list.Rows + from, list.Impacts + from, to - from, query.Factors[i]);
            }
        }
    }
}
