namespace Splade.AI.Search;

/// <summary>Exhaustive search by dense vectors: every document is scored and is a hit. Safe for concurrent use.</summary>
internal static class DenseScan
{
    /// <summary>The documents nearest to the query, best first, ties by insertion.</summary>
    /// <param name="table">The documents.</param>
    /// <param name="vectorOf">The vector of a document.</param>
    /// <param name="query">Made by <see cref="DenseVector.CreateQuery"/>.</param>
    /// <param name="limits">Where to end.</param>
    /// <exception cref="ArgumentException">The query has another size than the documents.</exception>
    public static SearchHit<TKey>[] Search<TKey, TValue>(
        TableSnapshot<TKey, TValue> table, Func<TValue, DenseVector> vectorOf, float[] query, SearchLimits<TKey> limits)
        where TKey : notnull
        where TValue : class
    {
        if (table.AnyValue is not { } any)
        {
            return [];
        }

        DimensionGuard.RequireEqual(query.Length, vectorOf(any).Dimensions, nameof(query));
        BestRows best = limits.NewBest();
        table.OfferTo(best, value => vectorOf(value).SimilarityTo(query), limits);
        return table.ToHits(best);
    }
}
