namespace Splade.AI.Vectors.Similarity;

/// <summary>The similarity of two vectors of one size by walking both: the obvious way, and the measure of the fast one.</summary>
internal static class SimilarityPair
{
    public static float Compute<TKernel>(SparseVector left, SparseVector right)
        where TKernel : struct, ISimilarityKernel
    {
        double shared = 0;
        foreach ((_, float leftValue, float rightValue) in new SharedEntries(left, right))
        {
            shared = TKernel.Add(shared, leftValue, rightValue);
        }

        return TKernel.Finish(shared, TKernel.Measure(left), TKernel.Measure(right));
    }
}
