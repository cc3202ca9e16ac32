namespace Splade.AI.Vectors.Similarity;

/// <summary><c>|x - y| = x + y - 2 min(x, y)</c>, where the minimum is 0 unless both vectors have the position. In double precision.</summary>
internal readonly struct ManhattanKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => vector.Mass;

    public static double Add(double sum, float left, float right) => sum + Math.Min(left, right);

    // A subtraction from 0, because a negated 0 would print as -0.
    public static float Finish(double shared, double left, double right) =>
        SinglePrecision.Score(0 - Math.Max(0, left + right - (2 * shared)));
}
