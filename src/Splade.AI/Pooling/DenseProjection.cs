using System.Numerics.Tensors;

namespace Splade.AI.Pooling;

/// <summary>A layer behind the pooling of a dense model: <c>activation(W x + b)</c>.</summary>
/// <param name="weights">W, row by row: a row for each number that comes out.</param>
/// <param name="bias">b; empty for none.</param>
/// <param name="activate">The activation, on all numbers; null for none.</param>
internal sealed class DenseProjection(float[] weights, float[] bias, Action<Span<float>>? activate)
{
    /// <param name="vector">x.</param>
    public float[] Apply(ReadOnlySpan<float> vector)
    {
        float[] result = new float[weights.Length / vector.Length];
        for (int row = 0; row < result.Length; row++)
        {
            float sum = TensorPrimitives.Dot(weights.AsSpan(row * vector.Length, vector.Length), vector);
            result[row] = bias.Length > 0 ? sum + bias[row] : sum;
        }

        activate?.Invoke(result);
        return result;
    }
}
