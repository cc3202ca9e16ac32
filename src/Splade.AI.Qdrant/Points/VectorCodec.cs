using QdrantDense = Qdrant.Client.Grpc.DenseVector;
using QdrantSparse = Qdrant.Client.Grpc.SparseVector;

namespace Splade.AI.Qdrant.Points;

/// <summary>Vectors as Qdrant has them. Those of the cosine are kept with length 1 and compared by the dot product.</summary>
/// <remarks>
/// Qdrant's own cosine normalises what it stores and forgets the lengths. Here the length is kept beside, so that vectors come back as they were, to the
/// rounding of one division and one product; those of length 1 already, which most models give, to the bit.
/// </remarks>
internal static class VectorCodec
{
    /// <summary>What a length of 1 in single precision may be off by.</summary>
    private const double Unit = 1e-6;

    public static QdrantSparse Of(SparseVector vector)
    {
        (uint[] indices, float[] values) = vector.ToQdrant();
        return new QdrantSparse { Indices = { indices }, Values = { values } };
    }

    /// <summary>A vector as it is stored and searched with.</summary>
    /// <returns>The vector, and its length if it was changed to 1.</returns>
    /// <exception cref="ArgumentException">A number is not finite, the square is not, or all are zero and are compared by the cosine.</exception>
    public static (QdrantDense Vector, double? Length) Of(ReadOnlySpan<float> vector, SimilarityFunction similarity)
    {
        double squares = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            squares += float.IsFinite(vector[i])
                ? (double)vector[i] * vector[i]
                : throw new ArgumentException($"found {vector[i]} at position {i}, expected finite numbers.");
        }

        // Qdrant multiplies in single precision: what leaves its range would be no number.
        if (similarity != SimilarityFunction.Cosine && !float.IsFinite((float)squares))
        {
            throw new ArgumentException($"found a vector of the length {Math.Sqrt(squares)}, expected one whose square is in the range of single precision.");
        }

        var result = new QdrantDense();
        double length = Math.Sqrt(squares);
        if (similarity != SimilarityFunction.Cosine || Math.Abs(length - 1) <= Unit)
        {
            result.Data.AddRange(vector.ToArray());
            return (result, null);
        }

        if (length == 0)
        {
            throw new ArgumentException("found only zeros, expected a vector with a direction: it is compared by the cosine.");
        }

        result.Data.AddRange(Array.ConvertAll(vector.ToArray(), value => (float)(value / length)));
        return (result, length);
    }

    /// <summary>A score. Qdrant's sums of large products may be infinite, ours never are.</summary>
    public static float Score(float score) => Math.Clamp(score, float.MinValue, float.MaxValue);

    /// <exception cref="ArgumentException">It is no sparse vector of this size.</exception>
    public static SparseVector Read(QdrantSparse vector, int dimensions)
    {
        int[] indices = [.. vector.Indices.Select(index => checked((int)index))];
        float[] values = [.. vector.Values];
        Array.Sort(indices, values);
        return new SparseVector(indices, values, dimensions);
    }

    public static float[] Read(QdrantDense vector, double? length)
    {
        float[] values = [.. vector.Data];
        return length is double factor ? Array.ConvertAll(values, value => (float)(value * factor)) : values;
    }
}
