namespace Splade.AI.Search.Segments;

/// <summary>Searches windows of segments, one at a time: bounds for all rows, and scores for those that may be among the best.</summary>
/// <remarks>
/// Term after term adds its impacts to the sums of its rows; those that reach the threshold are scored exactly, row by row. Lists of
/// learned sparse vectors are too even for skipping (Mackenzie, Trotman and Lin, 2021, arXiv 2110.11540): adding all of them up in
/// order is faster. Not safe for concurrent use: one for each thread.
/// </remarks>
internal sealed unsafe class WindowSearch : IDisposable
{
    private readonly AlignedBuffer<ushort> _sums = new(SegmentLayout.Window);

    /// <param name="window">The window.</param>
    /// <param name="best">Is offered the rows.</param>
    public void Search(SearchWindow window, BestRows best)
    {
        SegmentQuery query = window.Query;
        int rows = query.Segment.Layout.RowsOf(window.Window);
        if (query.IsBounded)
        {
            AddUp(query, window.Window);
        }
        else
        {
            _sums.Span(0, rows).Fill(ushort.MaxValue);
        }

        int first = window.Window * SegmentLayout.Window;
        fixed (float* weights = query.Weights)
        {
            for (int row = Next(query, 0, rows, best); row < rows; row = Next(query, row + 1, rows, best))
            {
                if (window.IsHit?.Invoke(first + row) is not false)
                {
                    best.Offer(query.Segment.Score(first + row, weights), window.FirstPosition + first + row);
                }
            }
        }

        GC.KeepAlive(query.Segment);
    }

    public void Dispose() => _sums.Dispose();

    private int Next(SegmentQuery query, int from, int rows, BestRows best)
    {
        int least = query.IsBounded ? query.LeastSum(best.Least) : 1;
        return least > ushort.MaxValue ? rows : ImpactKernel.Find(_sums.Pointer, from, rows, (ushort)least);
    }

    private void AddUp(SegmentQuery query, int window)
    {
        int terms = query.Terms.Length, dense = 0;
        byte** blocks = stackalloc byte*[terms];
        ushort* factors = stackalloc ushort[terms];
        for (int i = 0; i < terms; i++)
        {
            ImpactList list = query.Segment.ListOf(query.Terms[i], window);
            if (list.IsDense)
            {
                blocks[dense] = list.Block;
                factors[dense++] = query.Factors[i];
            }
        }

        ImpactKernel.AddBlocks(_sums.Pointer, blocks, factors, dense, query.Segment.Layout.BlockLength(window));
        for (int i = 0; i < terms; i++)
        {
            ImpactList list = query.Segment.ListOf(query.Terms[i], window);
            if (!list.IsDense)
            {
                ImpactKernel.AddList(_sums.Pointer, list.Rows, list.Impacts, list.Count, query.Factors[i]);
            }
        }
    }
}
