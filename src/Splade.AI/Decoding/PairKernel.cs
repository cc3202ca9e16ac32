using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>Logits of single pairs of a token and an entry, eight at a time, with the bits of <see cref="PanelKernel"/>.</summary>
internal static unsafe class PairKernel
{
    /// <summary>How many pairs are computed at a time.</summary>
    public const int Pairs = 8;

    /// <param name="hidden">A hidden state for each pair.</param>
    /// <param name="weights">An entry's weights for each pair.</param>
    /// <param name="width">Their length, a multiple of 8.</param>
    /// <returns>The logits, without bias.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Multiply(float** hidden, float** weights, int width)
    {
        Vector256<float> sum = default;
        float* x = stackalloc float[Pairs * Pairs], w = stackalloc float[Pairs * Pairs];
        for (int k = 0; k < width; k += Pairs)
        {
            PanelPacker.Transpose(hidden, k, x, Pairs);
            PanelPacker.Transpose(weights, k, w, Pairs);
            for (int i = 0; i < Pairs * Pairs; i += Pairs)
            {
                sum = Fma.MultiplyAdd(Vector256.Load(x + i), Vector256.Load(w + i), sum);
            }
        }

        return sum;
    }
}
