using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Sparse;

/// <summary>How many of the sparse vectors of a state have an entry at all, and how many have each of some positions.</summary>
/// <remarks>Counted in the state that is searched: exact, whatever is written and merged meanwhile. A vector without entries is no document.</remarks>
internal static class DocumentFrequencies
{
    /// <summary>A query as it is scored: with its weights multiplied by the inverse document frequencies.</summary>
    public static SparseVector Weigh<TKey, TValue>(
        IndexState<TKey, TValue> state, VectorAccess<TValue, SparseVector, SparseSegment> access, SparseVector query)
        where TKey : notnull
        where TValue : class
    {
        if (query.Count == 0)
        {
            return query;
        }

        long[] having = new long[query.Count];
        return InverseDocumentFrequency.Weigh(query, Count(state, access, query.Indices, having), having);
    }

    /// <summary>The inverse document frequencies of positions in any order.</summary>
    public static float[] Of<TKey, TValue>(
        IndexState<TKey, TValue> state, VectorAccess<TValue, SparseVector, SparseSegment> access, IReadOnlyList<int> positions)
        where TKey : notnull
        where TValue : class
    {
        int[] ascending = [.. positions.Distinct().Order()];
        long[] having = new long[ascending.Length];
        long documents = Count(state, access, ascending, having);
        return [.. positions.Select(position => (float)InverseDocumentFrequency.Of(documents, having[Array.BinarySearch(ascending, position)]))];
    }

    /// <returns>How many have an entry.</returns>
    private static long Count<TKey, TValue>(
        IndexState<TKey, TValue> state, VectorAccess<TValue, SparseVector, SparseSegment> access, ReadOnlySpan<int> positions, long[] having)
        where TKey : notnull
        where TValue : class
    {
        long documents = 0;
        foreach (SegmentPart<TKey, TValue> part in state.Parts)
        {
            documents += access.Segment(part.Segment).Frequencies.Count(positions, part.Removed, having);
        }

        foreach (KeyValuePair<TKey, TValue> item in state.Tail.Items)
        {
            ReadOnlySpan<int> indices = access.Vector(item.Value).Indices;
            documents += indices.IsEmpty ? 0 : 1;
            for (int i = 0, at = 0; i < positions.Length && at < indices.Length;)
            {
                int difference = positions[i] - indices[at];
                having[i] += difference == 0 ? 1 : 0;
                i += difference <= 0 ? 1 : 0;
                at += difference >= 0 ? 1 : 0;
            }
        }

        return documents;
    }
}
