using System.Numerics.Tensors;

namespace Splade.AI.Search;

/// <summary>A checked copy of a dense vector, and the factor that makes its similarity to a query out of their dot product.</summary>
/// <remarks>
/// For cosine the factor is one over the vector's length, so that the entries stay as the caller gave them and are kept only once.
/// Immutable.
/// </remarks>
internal sealed class DenseVector
{
    private readonly float[] _values;
    private readonly float _factor;

    /// <param name="values">The entries, never written to again.</param>
    /// <param name="factor">What the dot product with a query is multiplied with.</param>
    internal DenseVector(float[] values, float factor)
    {
        _values = values;
        _factor = factor;
    }

    public ReadOnlyMemory<float> Values => _values;

    public int Dimensions => _values.Length;

    /// <summary>What the dot product with a query is multiplied with.</summary>
    public float Factor => _factor;

    /// <summary>Whether it stands for no vector: only then is the factor zero.</summary>
    public bool IsNone => _factor == 0;

    /// <summary>What stands in a column where there is no vector.</summary>
    public static DenseVector None(int dimensions) => new(new float[dimensions], factor: 0);

    /// <exception cref="ArgumentException">No entries, one that is not finite, or for cosine no direction.</exception>
    public static DenseVector Create(ReadOnlySpan<float> values, SimilarityFunction similarity, string parameter)
    {
        double length = CheckedLength(values, parameter);
        float factor = similarity == SimilarityFunction.Cosine ? (float)(1 / CheckedDirection(length, parameter)) : 1;
        return new DenseVector(values.ToArray(), factor);
    }

    /// <summary>The entries to search with: for cosine those of the vector of length 1.</summary>
    /// <exception cref="ArgumentException">No entries, one that is not finite, or for cosine no direction.</exception>
    public static float[] CreateQuery(ReadOnlySpan<float> values, SimilarityFunction similarity, string parameter)
    {
        double length = CheckedLength(values, parameter);
        float[] query = values.ToArray();
        if (similarity == SimilarityFunction.Cosine)
        {
            TensorPrimitives.Divide(query, (float)CheckedDirection(length, parameter), query);
        }

        return query;
    }

    public float SimilarityTo(ReadOnlySpan<float> query) => Similarity(_values, _factor, query);

    /// <summary>The same of a vector that lies elsewhere.</summary>
    /// <remarks>Never infinite and always a number: what the sum of single precision has no place for is added up in double.</remarks>
    public static float Similarity(ReadOnlySpan<float> values, float factor, ReadOnlySpan<float> query)
    {
        float similarity = TensorPrimitives.Dot(values, query) * factor;
        return float.IsFinite(similarity) ? similarity : SinglePrecision.Score(Dot(values, query) * factor);
    }

    private static double Dot(ReadOnlySpan<float> values, ReadOnlySpan<float> query)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += (double)values[i] * query[i];
        }

        return sum;
    }

    /// <summary>The Euclidean length, in double precision: the squares of large and small floats leave the range of a float.</summary>
    private static double CheckedLength(ReadOnlySpan<float> values, string parameter)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("Found a vector without entries, expected one per dimension of the model.", parameter);
        }

        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException($"The entry at position {i} is {values[i]}, expected a finite number.", parameter);
            }

            squares += (double)values[i] * values[i];
        }

        return Math.Sqrt(squares);
    }

    private static double CheckedDirection(double length, string parameter) =>
        float.IsNormal((float)length) && float.IsNormal((float)(1 / length))
            ? length
            : throw new ArgumentException(
                $"The vector has length {length}, and a cosine needs a direction. Leave it out, or compare by {SimilarityFunction.Dot}.",
                parameter);
}
