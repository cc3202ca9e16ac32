namespace Splade.AI.Search.Sparse;

/// <summary>What the sum of a row must reach so that its score may be high enough, which is worked out anew only when others have raised it.</summary>
/// <param name="query">The query.</param>
/// <param name="best">What the score must reach.</param>
/// <param name="floor">What the sum must reach in any case.</param>
internal struct SumThreshold(SegmentQuery query, BestRows best, int floor)
{
    private float _score = float.NaN;
    private int _least;

    /// <summary>The least sum; above 16 bits where no row's is high enough.</summary>
    public int Least
    {
        get
        {
            float score = best.Least;
            if (score != _score)
            {
                _score = score;
                _least = Math.Max(floor, query.LeastSum(score));
            }

            return _least;
        }
    }
}
