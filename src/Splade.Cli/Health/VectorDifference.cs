using Splade.AI;

namespace Splade.Cli.Health;

/// <summary>How far two vectors are apart that should be the same.</summary>
internal static class VectorDifference
{
    /// <summary>What other processors and batches may change in single precision.</summary>
    public const float Tolerance = 2e-5f;

    /// <summary>The largest difference of two weights at one position.</summary>
    public static float Largest(SparseVector left, SparseVector right)
    {
        float largest = 0;
        foreach (int index in left.Indices.ToArray().Union(right.Indices.ToArray()))
        {
            largest = Math.Max(largest, Math.Abs(left[index] - right[index]));
        }

        return largest;
    }
}
