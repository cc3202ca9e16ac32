namespace Splade.AI.Vectors.Similarity;

/// <summary><c>ab / (|a| |b|)</c>. All three are added up in double precision and in one order, as those of <see cref="EuclideanKernel"/>.</summary>
internal readonly struct CosineKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => vector.Squares;

    public static double Add(double sum, float left, float right) => EuclideanKernel.Add(sum, left, right);

    public static float Finish(double shared, double left, double right) =>
        shared == 0 ? 0 : (float)Math.Min(1, shared / Math.Sqrt(left * right));
}
