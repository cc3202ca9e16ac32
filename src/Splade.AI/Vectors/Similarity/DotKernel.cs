namespace Splade.AI.Vectors.Similarity;

/// <summary>The bits of <see cref="SparseVector.Dot(SparseVector)"/>: the sum is rounded to single precision at each step.</summary>
internal readonly struct DotKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => 0;

    public static double Add(double sum, float left, float right) => (float)sum + (left * right);

    public static float Finish(double shared, double left, double right) => SinglePrecision.Sum((float)shared);
}
