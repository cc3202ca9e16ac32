namespace Splade.AI.Search;

/// <summary>How much a position of sparse vectors says of a document: the fewer have it, the more.</summary>
/// <remarks>
/// <c>ln((n - df + 0.5) / (df + 0.5) + 1)</c>, the weight of Robertson and Spärck Jones in the form that is above 0 however many documents have a
/// position, as in Lucene's BM25 and Qdrant's modifier <c>idf</c>. That is <c>ln((n + 1) / (df + 0.5))</c>.
/// </remarks>
internal static class InverseDocumentFrequency
{
    /// <param name="documents">How many documents there are: n.</param>
    /// <param name="having">How many of them have the position: df.</param>
    public static double Of(long documents, long having) => Math.Log((documents + 1.0) / (having + 0.5));

    /// <summary>A query with its weights multiplied, each in double precision and then rounded once.</summary>
    /// <param name="query">The query.</param>
    /// <param name="documents">How many documents there are.</param>
    /// <param name="having">How many of them have each of the query's positions.</param>
    public static SparseVector Weigh(SparseVector query, long documents, ReadOnlySpan<long> having)
    {
        int[] indices = query.Indices.ToArray();
        float[] values = new float[indices.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = SinglePrecision.Weight(query.Values[i] * Of(documents, having[i]));
        }

        return SparseVector.Own(indices, values, query.Dimensions);
    }
}
