using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Dense;

/// <summary>One search of an index of dense vectors: bounds by small integers for all rows, scores for those that may be among the best.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <param name="state">What the index holds.</param>
/// <param name="query">Made by <see cref="DenseVector.CreateQuery"/>.</param>
/// <param name="limits">Where to end.</param>
internal sealed class DenseSearch<TKey>(IndexState<TKey, DenseVector> state, float[] query, SearchLimits<TKey> limits)
    where TKey : notnull
{
    /// <summary>Rows that one thread takes at a time, a multiple of <see cref="DenseKernel.Rows"/>: about a millisecond's.</summary>
    private const int RowsAtATime = 1 << 13;

    /// <summary>The hits, best first, of equal scores the one that was put in earlier.</summary>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    public SearchHit<TKey>[] Run(int threads)
    {
        BestRows best = limits.NewBest();
        state.Tail.OfferTo(best, vector => vector.SimilarityTo(query), limits, state.TailPosition);
        SharedWork.Search<DenseRows>([.. Work()], threads, best, Search, limits.CancellationToken);
        return state.ToHits(best, limits.Skip);
    }

    private static void Search(IEnumerable<DenseRows> work, BestRows best)
    {
        foreach (DenseRows rows in work)
        {
            rows.Search(best);
        }
    }

    private IEnumerable<DenseRows> Work()
    {
        DenseQuery? prepared = null;
        long position = 0;
        foreach (SegmentPart<TKey, DenseVector> part in state.Parts)
        {
            var segment = (DenseSegment)part.Segment;
            prepared ??= new DenseQuery(query, segment.Width);
            Func<int, bool>? isHit = part.Hits(limits.Filter);
            for (int from = 0; from < segment.Rows; from += RowsAtATime)
            {
                yield return new DenseRows(segment, prepared, from, Math.Min(segment.Rows, from + RowsAtATime), isHit, position);
            }

            position += segment.Rows;
        }
    }
}
