namespace Splade.AI.Vectors.Similarity;

/// <summary>
/// A similarity that follows from the positions two vectors share and from one number of each: what makes it possible to compare many
/// with many without looking at the positions that only one of them has.
/// </summary>
/// <remarks>Implemented by empty structs, so that the compiler makes a loop of its own for each.</remarks>
internal interface ISimilarityKernel
{
    /// <summary>The number of one vector that <see cref="Finish"/> needs.</summary>
    static abstract double Measure(SparseVector vector);

    /// <summary>The sum over the shared positions so far, with one more. Called by ascending position.</summary>
    static abstract double Add(double sum, float left, float right);

    /// <summary>The similarity.</summary>
    /// <param name="shared">The sum over the shared positions.</param>
    /// <param name="left">The measure of one vector.</param>
    /// <param name="right">The measure of the other.</param>
    static abstract float Finish(double shared, double left, double right);
}

/// <summary>The bits of <see cref="SparseVector.Dot(SparseVector)"/>: the sum is rounded to single precision at each step.</summary>
internal readonly struct DotKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => 0;

    public static double Add(double sum, float left, float right) => (float)sum + (left * right);

    public static float Finish(double shared, double left, double right) => SinglePrecision.Sum((float)shared);
}

/// <summary><c>ab / (|a| |b|)</c>. All three are added up in double precision and in one order, as those of <see cref="EuclideanKernel"/>.</summary>
internal readonly struct CosineKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => vector.Squares;

    public static double Add(double sum, float left, float right) => EuclideanKernel.Add(sum, left, right);

    public static float Finish(double shared, double left, double right) =>
        shared == 0 ? 0 : (float)Math.Min(1, shared / Math.Sqrt(left * right));
}

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

/// <summary><c>|x - y| = x + y - 2 min(x, y)</c>, where the minimum is 0 unless both vectors have the position. In double precision.</summary>
internal readonly struct ManhattanKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => vector.Mass;

    public static double Add(double sum, float left, float right) => sum + Math.Min(left, right);

    // A subtraction from 0, because a negated 0 would print as -0.
    public static float Finish(double shared, double left, double right) =>
        SinglePrecision.Score(0 - Math.Max(0, left + right - (2 * shared)));
}
