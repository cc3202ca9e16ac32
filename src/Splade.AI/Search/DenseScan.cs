namespace Splade.AI.Search;

/// <summary>Exhaustive search by dense vectors: every document is scored and is a hit. Safe for concurrent use.</summary>
internal static class DenseScan
{
    /// <summary>The documents nearest to the query, best first, ties by insertion.</summary>
    /// <exception cref="ArgumentException">The query has another size than the documents, or is no vector under the rules of <see cref="DenseVector"/>.</exception>
    public static SearchHit<TKey>[] Search<TKey, TValue>(
        TableSnapshot<TKey, TValue> table, Func<TValue, DenseVector> vectorOf, DenseSimilarity similarity, ReadOnlyMemory<float> query, int top, Func<TKey, bool>? filter, CancellationToken cancellationToken)
        where TKey : notnull
        where TValue : class
    {
        float[] checkedQuery = DenseVector.CreateQuery(query.Span, similarity, nameof(query));
        if (table.AnyValue is not { } any)
        {
            return [];
        }

        DimensionGuard.RequireEqual(checkedQuery.Length, vectorOf(any).Dimensions, nameof(query));
        return table.Search(value => vectorOf(value).SimilarityTo(checkedQuery), top, filter, cancellationToken);
    }
}
