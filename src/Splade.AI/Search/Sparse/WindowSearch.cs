namespace Splade.AI.Search.Sparse;

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
        if (query.IsBounded)
        {
            AddUp(window);
        }
        else
        {
            _sums.Span(window.From, window.To - window.From).Fill(ushort.MaxValue);
        }

        int first = window.Window * SegmentLayout.Window;
        fixed (float* weights = query.Weights)
        {
            for (int row = Next(query, window.From, window.To, best); row < window.To; row = Next(query, row + 1, window.To, best))
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

    private int Next(SegmentQuery query, int from, int to, BestRows best)
    {
        int least = query.IsBounded ? query.LeastSum(best.Least) : 1;
        return least > ushort.MaxValue ? to : ImpactKernel.Find(_sums.Pointer, from, to, (ushort)least);
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
        bool isWhole = window.From == 0 && window.To == query.Segment.Layout.RowsOf(window.Window);
        for (int i = 0; i < terms; i++)
        {
            ImpactList list = query.Segment.ListOf(query.Terms[i], window.Window);
            if (!list.IsDense)
            {
                (int from, int to) = isWhole ? (0, list.Count) : (list.CountBefore(window.From), list.CountBefore(window.To));
                ImpactKernel.AddList(_sums.Pointer, list.Rows + from, list.Impacts + from, to - from, query.Factors[i]);
            }
        }
    }
}
