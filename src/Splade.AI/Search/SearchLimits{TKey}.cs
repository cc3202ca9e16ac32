namespace Splade.AI.Search;

/// <summary>Which hits of a search are wanted.</summary>
/// <param name="Top">How many at most, at least 1.</param>
/// <param name="Filter">Which keys may be hits; null for all.</param>
/// <param name="CancellationToken">Ends the search early.</param>
/// <param name="MinimumScore">What a score must reach; NaN, which is below all numbers, for any.</param>
/// <param name="Skip">How many of the best are left out.</param>
/// <param name="Approximation">How a search by sparse vectors may save time; null for exact results.</param>
internal readonly record struct SearchLimits<TKey>(
    int Top, Func<TKey, bool>? Filter, CancellationToken CancellationToken, float MinimumScore = float.NaN, int Skip = 0, SparseApproximation? Approximation = null)
{
    /// <summary>An empty collector of as many rows as have to be found.</summary>
    public BestRows NewBest() => new((int)Math.Min(int.MaxValue, (long)Top + Skip), new SearchThreshold(MinimumScore));
}
