using Splade.AI.Vectors.Similarity;

namespace Splade.AI;

/// <summary>Similarities of one pair, of pairs, and of all against all; no vector is ever spread out over its dimensions.</summary>
/// <remarks>
/// Safe for concurrent use. All three ways give a pair the same bits: those of <see cref="SparseVector.Dot(SparseVector)"/> and
/// <see cref="SparseVector.Cosine(SparseVector)"/>, and distances that are added up in double precision, so that equal vectors are
/// exactly 0 apart.
/// </remarks>
public static class SparseSimilarity
{
    /// <summary>The similarity of two vectors.</summary>
    /// <exception cref="ArgumentException">The vectors have different <see cref="SparseVector.Dimensions"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="function"/> is none of the enumeration.</exception>
    public static float Between(SparseVector left, SparseVector right, SimilarityFunction function = SimilarityFunction.Dot)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        DimensionGuard.RequireEqual(right.Dimensions, left.Dimensions, nameof(right));
        return PairFunction(function)(left, right);
    }

    /// <summary>The similarities of the vectors that stand at the same place in two lists of one length.</summary>
    /// <returns>One similarity per pair, in order.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, hold a null, or mix <see cref="SparseVector.Dimensions"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="function"/> is none of the enumeration.</exception>
    public static float[] Pairwise(
        IReadOnlyList<SparseVector> left, IReadOnlyList<SparseVector> right, SimilarityFunction function = SimilarityFunction.Dot)
    {
        SparseVectors.RequireOneSpace(left, nameof(left), right, nameof(right));
        if (left.Count != right.Count)
        {
            throw new ArgumentException($"Found {left.Count} and {right.Count} vectors, expected as many on both sides.", nameof(right));
        }

        Func<SparseVector, SparseVector, float> similarity = PairFunction(function);
        return [.. left.Zip(right, similarity)];
    }

    /// <summary>The similarities of each vector of one list with each of another.</summary>
    /// <param name="left">The vectors of the rows, for example queries. For one query against many documents, a list of one.</param>
    /// <param name="right">The vectors of the columns.</param>
    /// <param name="function">How to compare.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>
    /// Shape <c>[left.Count, right.Count]</c>. One rectangular array rather than an array of rows: it cannot be ragged, and it is one
    /// allocation.
    /// </returns>
    /// <remarks>
    /// Works on all processors. Besides the result it takes memory for the entries of 1,024 vectors at a time, however many there are.
    /// </remarks>
    /// <exception cref="ArgumentException">A list holds a null, or the vectors mix <see cref="SparseVector.Dimensions"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="function"/> is none of the enumeration.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static float[,] Matrix(
        IReadOnlyList<SparseVector> left,
        IReadOnlyList<SparseVector> right,
        SimilarityFunction function = SimilarityFunction.Dot,
        CancellationToken cancellationToken = default)
    {
        SparseVectors.RequireOneSpace(left, nameof(left), right, nameof(right));
        return function switch
        {
            SimilarityFunction.Dot => SimilarityMatrix.Compute<DotKernel>(left, right, cancellationToken),
            SimilarityFunction.Cosine => SimilarityMatrix.Compute<CosineKernel>(left, right, cancellationToken),
            SimilarityFunction.Euclidean => SimilarityMatrix.Compute<EuclideanKernel>(left, right, cancellationToken),
            SimilarityFunction.Manhattan => SimilarityMatrix.Compute<ManhattanKernel>(left, right, cancellationToken),
            _ => throw Unknown(function),
        };
    }

    private static Func<SparseVector, SparseVector, float> PairFunction(SimilarityFunction function) => function switch
    {
        SimilarityFunction.Dot => static (left, right) => left.Dot(right),
        SimilarityFunction.Cosine => static (left, right) => left.Cosine(right),
        SimilarityFunction.Euclidean => SimilarityPair.Compute<EuclideanKernel>,
        SimilarityFunction.Manhattan => SimilarityPair.Compute<ManhattanKernel>,
        _ => throw Unknown(function),
    };

    private static ArgumentOutOfRangeException Unknown(SimilarityFunction function) =>
        new(nameof(function), function, "Expected Dot, Cosine, Euclidean or Manhattan.");
}
