using System.Buffers;

namespace Splade.AI.Search;

/// <summary>Exhaustive search by sparse vectors: every document is scored, so the result is exact by construction.</summary>
/// <remarks>
/// Scores have the bits of <see cref="SparseVector.Dot(SparseVector)"/>: products are added by ascending position in single
/// precision, and a position that the query lacks adds a zero, which changes nothing. Safe for concurrent use.
/// </remarks>
internal static class SparseScan
{
    /// <summary>The documents that share at least one position with the query, best first, ties by insertion.</summary>
    /// <exception cref="ArgumentException">The query has another size than the documents.</exception>
    public static SearchHit<TKey>[] Search<TKey, TValue>(
        TableSnapshot<TKey, TValue> table, Func<TValue, SparseVector> vectorOf, SparseVector query, SearchLimits<TKey> limits)
        where TKey : notnull
        where TValue : class
    {
        if (table.AnyValue is not { } any)
        {
            return [];
        }

        DimensionGuard.RequireEqual(query.Dimensions, vectorOf(any).Dimensions, nameof(query));
        BestRows best = limits.NewBest();
        OfferTo(best, table, vectorOf, query, limits);
        return table.ToHits(best);
    }

    /// <summary>Offers the documents that share at least one position with the query, with their places behind a first one as positions.</summary>
    public static void OfferTo<TKey, TValue>(
        BestRows best,
        TableSnapshot<TKey, TValue> table,
        Func<TValue, SparseVector> vectorOf,
        SparseVector query,
        SearchLimits<TKey> limits,
        long firstPosition = 0)
        where TKey : notnull
        where TValue : class
    {
        if (query.Count == 0 || table.Count == 0)
        {
            return;
        }

        int length = query.Indices[^1] + 1;
        float[] weights = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Spread(query, weights.AsSpan(0, length));
            table.OfferTo(best, value => Score(weights.AsSpan(0, length), vectorOf(value)), limits, firstPosition);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(weights);
        }
    }

    private static void Spread(SparseVector query, Span<float> weights)
    {
        weights.Clear();
        for (int i = 0; i < query.Count; i++)
        {
            weights[query.Indices[i]] = query.Values[i];
        }
    }

    private static float? Score(ReadOnlySpan<float> weights, SparseVector document)
    {
        ReadOnlySpan<int> indices = document.Indices;
        ReadOnlySpan<float> values = document.Values;
        float sum = 0;
        for (int i = 0; i < indices.Length && indices[i] < weights.Length; i++)
        {
            sum += weights[indices[i]] * values[i];
        }

        return sum > 0 ? sum : null;
    }
}
