namespace Splade.AI.Similarity;

/// <summary>The bits of <see cref="SparseVector.Cosine(SparseVector)"/>.</summary>
internal readonly struct CosineKernel : ISimilarityKernel
{
    public static double Measure(SparseVector vector) => vector.Norm;

    public static double Add(double sum, float left, float right) => DotKernel.Add(sum, left, right);

    public static float Finish(double shared, double left, double right) =>
        SparseVector.Cosine((float)shared, (float)left, (float)right);
}
