namespace Splade.AI.Vectors.Similarity;

/// <summary>
/// <c>|a - b|² = |a|² + |b|² - 2ab</c>. All three are added up in double precision and in one order: products of single precision are
/// exact there, and equal vectors cancel to 0.
/// </summary>
internal readonly struct EuclideanKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => vector.Squares;

    public static double Add(double sum, float left, float right) => sum + ((double)left * right);

    // A subtraction from 0, because a negated 0 would print as -0.
    public static float Finish(double shared, double left, double right) =>
        SinglePrecision.Score(0 - Math.Sqrt(Math.Max(0, left + right - (2 * shared))));
}
