using System.Numerics.Tensors;

namespace Splade.AI.Pooling;

/// <summary>Maxima of a text's logits to its sparse vector.</summary>
internal static class SpladePooling
{
    /// <summary>
    /// <c>w_v = log(1 + relu(max_t x_tv))</c> over the tokens t of a text: Formal et al., "SPLADE v2" (arXiv 2109.10086), as Sentence
    /// Transformers' <c>SpladePooling</c> computes it. The activation never falls where its argument grows, so the activation of the
    /// maximum is the maximum of the activations: the logarithm is taken once per vocabulary entry, not once per token.
    /// </summary>
    /// <param name="maxima">The largest logit of each vocabulary entry over the text's tokens. Shape <c>[vocabulary]</c>.</param>
    /// <exception cref="InvalidOperationException">A maximum is not a finite number.</exception>
    public static SparseVector FromMaxima(ReadOnlySpan<float> maxima)
    {
        float largest = TensorPrimitives.Max(maxima);
        if (!float.IsFinite(largest))
        {
            throw new InvalidOperationException($"The model gave {largest} as a weight, expected finite numbers. The model file is damaged or its precision too low.");
        }

        int[] indices = new int[CountPositive(maxima)];
        float[] values = new float[indices.Length];
        for (int i = 0, at = 0; at < indices.Length; i++)
        {
            if (maxima[i] > 0)
            {
                indices[at] = i;
                values[at++] = LogOnePlus(maxima[i]);
            }
        }

        return SparseVector.Own(indices, values, maxima.Length);
    }

    /// <summary>
    /// <c>log(1 + x)</c> for x > 0, right to the last digit of a float also where 1 + x rounds to 1 and the runtime's LogP1 gives 0:
    /// there x itself is the answer, as its square is too small to count.
    /// </summary>
    internal static float LogOnePlus(float x) => x < 1e-8f ? x : (float)Math.Log(1.0 + x);

    private static int CountPositive(ReadOnlySpan<float> values)
    {
        int count = 0;
        foreach (float value in values)
        {
            count += value > 0 ? 1 : 0;
        }

        return count;
    }
}
