namespace Splade.AI;

/// <summary>Represents what a <see cref="MiniCoilEncoder"/> made of a text: a sparse vector whose values may be below 0.</summary>
/// <remarks>
/// It is no <see cref="SparseVector"/>, whose weights are above 0: indexes, stores, pruning and similarity here rely on that. Qdrant takes it.
/// </remarks>
/// <param name="Indices">The dimensions, strictly ascending.</param>
/// <param name="Values">The value of each, finite, of either sign.</param>
/// <param name="TokenCount">How many tokens of the text were read, special tokens included.</param>
/// <param name="Truncated">Whether the text was longer than the limit, so that its end had no part in the vector.</param>
public sealed record MiniCoilEncoding(ReadOnlyMemory<int> Indices, ReadOnlyMemory<float> Values, int TokenCount, bool Truncated)
{
    /// <summary>Copies of the entries in the types that Qdrant's clients take, for a sparse vector with the modifier <c>idf</c>.</summary>
    /// <returns>The entries.</returns>
    public (uint[] Indices, float[] Values) ToQdrant() => (Array.ConvertAll(Indices.ToArray(), i => (uint)i), Values.ToArray());

    /// <summary>The dot product: the sum of the products at shared dimensions, which may be below 0.</summary>
    /// <param name="other">The other vector.</param>
    /// <returns>The sum, without inverse document frequency.</returns>
    public float Dot(MiniCoilEncoding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ReadOnlySpan<int> left = Indices.Span, right = other.Indices.Span;
        double sum = 0;
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            int difference = left[i].CompareTo(right[j]);
            if (difference == 0)
            {
                sum += (double)Values.Span[i] * other.Values.Span[j];
            }

            i += difference <= 0 ? 1 : 0;
            j += difference >= 0 ? 1 : 0;
        }

        return SinglePrecision.Score(sum);
    }
}
