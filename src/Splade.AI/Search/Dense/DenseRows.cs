using System.Numerics;

namespace Splade.AI.Search.Dense;

/// <summary>Rows of a segment to search.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Query">The query.</param>
/// <param name="From">The first row, a multiple of <see cref="DenseKernel.Rows"/>.</param>
/// <param name="To">The row after the last.</param>
/// <param name="IsHit">Whether a row of the segment may be a hit; null for all.</param>
/// <param name="FirstPosition">The position of the segment's first row.</param>
internal readonly record struct DenseRows(DenseSegment Segment, DenseQuery Query, int From, int To, Func<int, bool>? IsHit, long FirstPosition)
{
    public void Search(BestRows best)
    {
        for (int row = From; row < To; row += DenseKernel.Rows)
        {
            for (uint found = Query.FindCandidates(Segment, row, best.Least); found != 0; found &= found - 1)
            {
                int candidate = row + BitOperations.TrailingZeroCount(found);
                if (candidate < To && IsHit?.Invoke(candidate) is not false)
                {
                    best.Offer(Segment.Score(candidate, Query.Values), FirstPosition + candidate);
                }
            }
        }

        GC.KeepAlive(Segment);
    }
}
