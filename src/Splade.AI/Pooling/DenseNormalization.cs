using System.Numerics.Tensors;

namespace Splade.AI.Pooling;

/// <summary>Scales dense vectors to length 1.</summary>
internal static class DenseNormalization
{
    /// <summary>
    /// The vector divided by its Euclidean length, or by 1e-12 if that is larger, as torch's <c>normalize</c> does.
    /// </summary>
    public static float[] Normalize(ReadOnlySpan<float> vector)
    {
        float[] normalized = new float[vector.Length];
        TensorPrimitives.Divide(vector, MathF.Max(TensorPrimitives.Norm(vector), 1e-12f), normalized);
        return normalized;
    }
}
