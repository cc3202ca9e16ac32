using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Dense;

/// <summary>One search by dense vectors: bounds by small integers for all rows, scores for those that may be among the best.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="state">What the table holds.</param>
/// <param name="access">Where the values have their vectors.</param>
/// <param name="query">Made by <see cref="DenseVector.CreateQuery"/>.</param>
/// <param name="limits">Where to end.</param>
/// <param name="filter">Which rows may be hits, in place of the limits' filter; null for all.</param>
internal sealed class DenseSearch<TKey, TValue>(
    IndexState<TKey, TValue> state,
    VectorAccess<TValue, DenseVector, DenseSegment> access,
    float[] query,
    SearchLimits<TKey> limits,
    RowFilter<TValue>? filter = null)
    where TKey : notnull
    where TValue : class
{
    /// <summary>Rows that one thread takes at a time, a multiple of <see cref="DenseKernel.Rows"/>: about a millisecond's.</summary>
    private const int RowsAtATime = 1 << 13;

    /// <summary>The hits, best first, of equal scores the one that was put in earlier.</summary>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    public SearchHit<TKey>[] Run(int threads)
    {
        BestRows best = limits.NewBest();
        state.Tail.OfferTo(best, value => access.Vector(value).SimilarityTo(query), limits, filter?.IsHit, state.TailPosition);
        ScoreFew(best);
        SharedWork.Search<DenseRows>([.. Work()], threads, best, Search, limits.CancellationToken);
        return state.ToHits(best, limits.Skip);
    }

    /// <summary>Scores the rows of segments of which the filter leaves few.</summary>
    private void ScoreFew(BestRows best)
    {
        long position = 0;
        for (int i = 0; i < state.Parts.Count; i++)
        {
            DenseSegment segment = access.Segment(state.Parts[i].Segment);
            if (HasFew(i))
            {
                foreach (int row in filter!.Part(i).Rows)
                {
                    best.Offer(segment.Score(row, query), position + row);
                }

                GC.KeepAlive(segment);
            }

            position += segment.Rows;
        }
    }

    private bool HasFew(int part) => filter?.HasFew(part, state.Parts[part].Segment.Rows) is true;

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
        for (int i = 0; i < state.Parts.Count; i++)
        {
            DenseSegment segment = access.Segment(state.Parts[i].Segment);
            prepared ??= new DenseQuery(query, segment.Width);
            Func<int, bool>? isHit = filter is null ? state.Parts[i].Hits(limits.Filter) : filter.Part(i).Contains;
            int rows = HasFew(i) ? 0 : segment.Rows;
            for (int from = 0; from < rows; from += RowsAtATime)
            {
                yield return new DenseRows(segment, prepared, from, Math.Min(rows, from + RowsAtATime), isHit, position);
            }

            position += segment.Rows;
        }
    }
}
