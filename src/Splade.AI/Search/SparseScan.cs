using System.Buffers;

namespace Splade.AI.Search;

/// <summary>Exhaustive search by sparse vectors: every document is scored, so the result is exact by construction.</summary>
/// <remarks>
/// Scores have the bits of <see cref="SparseVector.Dot(SparseVector)"/>: products are added by ascending position in single
/// precision, and a position that the query lacks adds a zero, which changes nothing. Safe for concurrent use.
/// </remarks>
internal static class SparseScan
{
    /// <summary>A query whose positions go beyond is not spread out: that would take more than scoring the documents.</summary>
    private const int LongestSpread = 1 << 20;

    /// <summary>Offers the documents that share at least one position with the query, with their places behind a first one as positions.</summary>
    /// <param name="best">Is offered the documents.</param>
    /// <param name="table">The documents.</param>
    /// <param name="vectorOf">The vector of a document.</param>
    /// <param name="query">The query.</param>
    /// <param name="limits">Which keys may be hits.</param>
    /// <param name="isHit">Which documents may be hits; null for all.</param>
    /// <param name="firstPosition">The position of the first row.</param>
    public static void OfferTo<TKey, TValue>(
        BestRows best,
        MemTableSnapshot<TKey, TValue> table,
        Func<TValue, SparseVector> vectorOf,
        SparseVector query,
        SearchLimits<TKey> limits,
        Func<TValue, bool>? isHit,
        long firstPosition)
        where TKey : notnull
        where TValue : class
    {
        if (query.Count == 0 || table.Count == 0)
        {
            return;
        }

        int length = query.Indices[^1] + 1;
        if (length > LongestSpread)
        {
            table.OfferTo(best, value => query.Dot(vectorOf(value)) is float sum and > 0 ? sum : null, limits, isHit, firstPosition);
            return;
        }

        float[] weights = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Spread(query, weights.AsSpan(0, length));
            table.OfferTo(best, value => Score(weights.AsSpan(0, length), vectorOf(value)), limits, isHit, firstPosition);
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

        return sum > 0 ? SinglePrecision.Sum(sum) : null;
    }
}
