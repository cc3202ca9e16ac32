using System.Numerics;
using System.Runtime.Intrinsics;

namespace Splade.AI.Pooling;

/// <summary>The row of a text, all finite numbers, to its sparse vector.</summary>
internal static class SpladePooling
{
    /// <summary>
    /// <c>w_v = log(1 + relu(max_t x_tv))</c> over the tokens t of a text: Formal et al., "SPLADE v2" (arXiv 2109.10086), as Sentence
    /// Transformers' <c>SpladePooling</c> computes it. The activation never falls where its argument grows, so the activation of the
    /// maximum is the maximum of the activations: the logarithm is taken once per vocabulary entry, not once per token.
    /// </summary>
    /// <param name="maxima">The largest logit of each vocabulary entry over the text's tokens. Shape <c>[vocabulary]</c>.</param>
    public static SparseVector FromMaxima(ReadOnlySpan<float> maxima) => FromPositive(maxima, LogActivation.Once);

    /// <summary>The same with the logarithm taken twice: <c>log(1 + log(1 + relu(max_t x_tv)))</c>, Sentence Transformers' <c>log1p_relu</c>.</summary>
    /// <inheritdoc cref="FromMaxima"/>
    public static SparseVector FromMaximaTwice(ReadOnlySpan<float> maxima) => FromPositive(maxima, LogActivation.Twice);

    /// <summary>The positive entries as they are: the row holds weights already.</summary>
    /// <param name="weights">The weight of each vocabulary entry. Shape <c>[vocabulary]</c>.</param>
    public static SparseVector FromWeights(ReadOnlySpan<float> weights) => FromPositive(weights, static x => x);

    // One entry in a hundred is positive: the others are passed over in groups.
    private static SparseVector FromPositive(ReadOnlySpan<float> row, Func<float, float> activate)
    {
        int[] indices = new int[CountPositive(row)];
        float[] values = new float[indices.Length];
        for (int start = 0, at = 0; at < indices.Length; start += Vector256<float>.Count)
        {
            for (uint positive = Positive(row, start); positive != 0; positive &= positive - 1)
            {
                int index = start + BitOperations.TrailingZeroCount(positive);
                indices[at] = index;
                values[at++] = activate(row[index]);
            }
        }

        return SparseVector.Own(indices, values, row.Length);
    }

    private static int CountPositive(ReadOnlySpan<float> row)
    {
        int count = 0;
        for (int start = 0; start < row.Length; start += Vector256<float>.Count)
        {
            count += BitOperations.PopCount(Positive(row, start));
        }

        return count;
    }

    /// <summary>A bit for each positive number of a group; a last group that is not full is filled up with zeros.</summary>
    private static uint Positive(ReadOnlySpan<float> row, int start)
    {
        ReadOnlySpan<float> group = row[start..];
        if (group.Length >= Vector256<float>.Count)
        {
            return Vector256.GreaterThan(Vector256.Create(group), Vector256<float>.Zero).ExtractMostSignificantBits();
        }

        Span<float> padded = stackalloc float[Vector256<float>.Count];
        padded.Clear();
        group.CopyTo(padded);
        return Positive(padded, 0);
    }
}
