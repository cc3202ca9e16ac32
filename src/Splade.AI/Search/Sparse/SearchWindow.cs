namespace Splade.AI.Search.Sparse;

/// <summary>A window to search, or a part of it.</summary>
/// <param name="Query">The query, for the window's segment.</param>
/// <param name="Window">The window.</param>
/// <param name="From">The first row, by its place in the window; a multiple of <see cref="ImpactKernel.Tile"/>.</param>
/// <param name="To">The row after the last; such a multiple too, unless the window ends there.</param>
/// <param name="IsHit">Whether a row of the segment may be a hit; null for all.</param>
/// <param name="FirstPosition">The position of the segment's first row.</param>
internal readonly record struct SearchWindow(SegmentQuery Query, int Window, int From, int To, Func<int, bool>? IsHit, long FirstPosition)
{
    /// <summary>Less is not worth another thread.</summary>
    private const int LeastRows = 1 << 13;

    /// <summary>The same rows in parts, none of them longer than is asked for and worth it.</summary>
    /// <param name="rows">How many rows a part should have.</param>
    public IEnumerable<SearchWindow> Split(int rows)
    {
        int part = Math.Max(LeastRows, (rows + ImpactKernel.Tile - 1) / ImpactKernel.Tile * ImpactKernel.Tile);
        for (int from = From; from < To; from += part)
        {
            yield return this with { From = from, To = Math.Min(To, from + part) };
        }
    }
}
