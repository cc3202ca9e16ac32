using System.Numerics.Tensors;

namespace Splade.AI.Pooling;

/// <summary>The activations of SPLADE models, <c>log(1 + relu(x))</c> once or twice, right to the last digit of a float for small arguments too.</summary>
/// <remarks>
/// Formal et al., "SPLADE v2" (arXiv 2109.10086); twice as OpenSearch's models of version 3 and Sentence Transformers' <c>log1p_relu</c> have it. The
/// runtime's LogP1 adds 1 and takes the logarithm: what the addition rounds off is lost, all of it where 1 + x rounds to 1.
/// </remarks>
internal static class LogActivation
{
    private const int Chunk = 256;

    /// <summary><c>log(1 + x)</c> for x > 0.</summary>
    public static float Once(float x) => x < 1e-8f ? x : (float)Math.Log(1.0 + x);

    /// <summary><c>log(1 + log(1 + x))</c> for x > 0.</summary>
    public static float Twice(float x) => Once(Once(x));

    /// <summary>Replaces logits by their activations.</summary>
    /// <param name="logits">The logits. A number below 0 becomes 0.</param>
    /// <param name="twice">Whether the logarithm is taken twice.</param>
    public static void Apply(Span<float> logits, bool twice)
    {
        Span<float> sums = stackalloc float[Chunk];
        Span<float> rests = stackalloc float[Chunk];
        for (int at = 0; at < logits.Length; at += Chunk)
        {
            Span<float> chunk = logits[at..Math.Min(at + Chunk, logits.Length)];
            TensorPrimitives.Max(chunk, 0f, chunk);
            Log(chunk, sums[..chunk.Length], rests[..chunk.Length]);
            if (twice)
            {
                Log(chunk, sums[..chunk.Length], rests[..chunk.Length]);
            }
        }
    }

    // The sum u = 1 + x is rounded. What it lost, x - (u - 1), counts as much as the logarithm's slope there, 1 / u.
    private static void Log(Span<float> x, Span<float> sums, Span<float> rests)
    {
        TensorPrimitives.Add(x, 1f, sums);
        TensorPrimitives.Subtract(sums, 1f, rests);
        TensorPrimitives.Subtract(x, rests, rests);
        TensorPrimitives.Divide(rests, sums, rests);
        TensorPrimitives.Log(sums, x);
        TensorPrimitives.Add(x, rests, x);
    }
}
