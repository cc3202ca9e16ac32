using System.Numerics.Tensors;

namespace Splade.AI.Pooling;

/// <summary>Scales dense vectors to length 1.</summary>
internal static class DenseNormalization
{
    /// <summary>
    /// Divides the vector in place by its Euclidean length, or by 1e-12 if that is larger, as torch's <c>normalize</c> does; returns it.
    /// </summary>
    public static float[] Normalize(float[] vector)
    {
        TensorPrimitives.Divide(vector, MathF.Max(TensorPrimitives.Norm<float>(vector), 1e-12f), vector);
        return vector;
    }
}
