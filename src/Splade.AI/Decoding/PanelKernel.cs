using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>
/// Logits of all tokens of a text for the vocabulary entries of a panel: the matrix product that most of the time of a
/// small model goes into.
/// </summary>
/// <remarks>
/// Each logit is one chain of fused multiply-adds over the dimensions in their order, whichever other columns and tokens are computed beside
/// it: a column gives the same bits alone and among all.
/// </remarks>
internal static unsafe class PanelKernel
{
    /// <summary>How many vocabulary entries a panel has.</summary>
    public const int Columns = 32;

    /// <summary>Tokens that are computed together.</summary>
    private const int Tokens = 6;

    private const int Lanes = 8;

    /// <summary>Whether this processor has what the kernels of this folder are made of.</summary>
    public static bool IsSupported => Fma.IsSupported && Avx2.IsSupported;

    /// <param name="hidden">Shape <c>[tokens, width]</c>: the hidden states.</param>
    /// <param name="tokens">How many tokens, at least one.</param>
    /// <param name="width">The length of a hidden state.</param>
    /// <param name="panel">Shape <c>[width, <see cref="Columns"/>]</c>.</param>
    /// <param name="logits">Shape <c>[tokens, <see cref="Columns"/>]</c>: receives the result.</param>
    public static void Multiply(float* hidden, int tokens, int width, float* panel, float* logits)
    {
        if (WidePanelKernel.IsSupported)
        {
            WidePanelKernel.Multiply(hidden, tokens, width, panel, logits);
        }
        else
        {
            MultiplyNarrow(hidden, tokens, width, panel, logits);
        }
    }

    /// <inheritdoc cref="Multiply"/>
    internal static void MultiplyNarrow(float* hidden, int tokens, int width, float* panel, float* logits)
    {
        // The last block reaches back over rows that are done when the number of tokens is not a multiple; a short text repeats its last row.
        float** rows = stackalloc float*[Tokens];
        float** targets = stackalloc float*[Tokens];
        for (int start = 0; start < tokens; start += Tokens)
        {
            for (int i = 0; i < Tokens; i++)
            {
                int token = Math.Min(start + i, tokens - 1);
                rows[i] = hidden + ((nint)token * width);
                targets[i] = logits + (token * Columns);
            }

            for (int lane = 0; lane < Columns; lane += 2 * Lanes)
            {
                MultiplyBlock(rows, width, panel + lane, targets, lane);
            }
        }
    }

    // 6 tokens by 16 columns: 12 sums, two vectors of weights and one of the hidden state fill the 16 registers of AVX2.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyBlock(float** rows, int width, float* panel, float** targets, int lane)
    {
        float* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3], x4 = rows[4], x5 = rows[5];
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        for (nint k = 0; k < width; k++)
        {
            Vector256<float> a = Vector256.Load(panel);
            Vector256<float> b = Vector256.Load(panel + Lanes);
            panel += Columns;
            Vector256<float> x = Vector256.Create(x0[k]);
            a0 = Fma.MultiplyAdd(x, a, a0);
            b0 = Fma.MultiplyAdd(x, b, b0);
            x = Vector256.Create(x1[k]);
            a1 = Fma.MultiplyAdd(x, a, a1);
            b1 = Fma.MultiplyAdd(x, b, b1);
            x = Vector256.Create(x2[k]);
            a2 = Fma.MultiplyAdd(x, a, a2);
            b2 = Fma.MultiplyAdd(x, b, b2);
            x = Vector256.Create(x3[k]);
            a3 = Fma.MultiplyAdd(x, a, a3);
            b3 = Fma.MultiplyAdd(x, b, b3);
            x = Vector256.Create(x4[k]);
            a4 = Fma.MultiplyAdd(x, a, a4);
            b4 = Fma.MultiplyAdd(x, b, b4);
            x = Vector256.Create(x5[k]);
            a5 = Fma.MultiplyAdd(x, a, a5);
            b5 = Fma.MultiplyAdd(x, b, b5);
        }

        Store(a0, b0, targets[0] + lane);
        Store(a1, b1, targets[1] + lane);
        Store(a2, b2, targets[2] + lane);
        Store(a3, b3, targets[3] + lane);
        Store(a4, b4, targets[4] + lane);
        Store(a5, b5, targets[5] + lane);
    }

    private static void Store(Vector256<float> a, Vector256<float> b, float* target)
    {
        a.Store(target);
        b.Store(target + Lanes);
    }
}
