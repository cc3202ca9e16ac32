using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Splade.AI.Decoding;

/// <summary><see cref="PanelKernel"/> for processors with registers of 512 bits: twice the products in the same time, and the same bits.</summary>
internal static unsafe class WidePanelKernel
{
    private const int Tokens = 12;
    private const int Lanes = 16;

    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <inheritdoc cref="PanelKernel.Multiply"/>
    public static void Multiply(float* hidden, int tokens, int width, float* panel, float* logits)
    {
        for (int start = 0; start < tokens; start += Tokens)
        {
            MultiplyBlock(hidden, tokens, width, panel, logits, start);
        }
    }

    // 12 tokens by 32 columns: 24 sums of the 32 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyBlock(float* hidden, int tokens, int width, float* panel, float* logits, int start)
    {
        float* x0 = Row(hidden, tokens, width, start + 0);
        float* x1 = Row(hidden, tokens, width, start + 1);
        float* x2 = Row(hidden, tokens, width, start + 2);
        float* x3 = Row(hidden, tokens, width, start + 3);
        float* x4 = Row(hidden, tokens, width, start + 4);
        float* x5 = Row(hidden, tokens, width, start + 5);
        float* x6 = Row(hidden, tokens, width, start + 6);
        float* x7 = Row(hidden, tokens, width, start + 7);
        float* x8 = Row(hidden, tokens, width, start + 8);
        float* x9 = Row(hidden, tokens, width, start + 9);
        float* x10 = Row(hidden, tokens, width, start + 10);
        float* x11 = Row(hidden, tokens, width, start + 11);
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector512<float> a6 = default, a7 = default, a8 = default, a9 = default, a10 = default, a11 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        Vector512<float> b6 = default, b7 = default, b8 = default, b9 = default, b10 = default, b11 = default;
        for (nint k = 0; k < width; k++)
        {
            Vector512<float> a = Vector512.Load(panel);
            Vector512<float> b = Vector512.Load(panel + Lanes);
            panel += PanelKernel.Columns;
            Vector512<float> x = Vector512.Create(x0[k]);
            a0 = Vector512.FusedMultiplyAdd(x, a, a0);
            b0 = Vector512.FusedMultiplyAdd(x, b, b0);
            x = Vector512.Create(x1[k]);
            a1 = Vector512.FusedMultiplyAdd(x, a, a1);
            b1 = Vector512.FusedMultiplyAdd(x, b, b1);
            x = Vector512.Create(x2[k]);
            a2 = Vector512.FusedMultiplyAdd(x, a, a2);
            b2 = Vector512.FusedMultiplyAdd(x, b, b2);
            x = Vector512.Create(x3[k]);
            a3 = Vector512.FusedMultiplyAdd(x, a, a3);
            b3 = Vector512.FusedMultiplyAdd(x, b, b3);
            x = Vector512.Create(x4[k]);
            a4 = Vector512.FusedMultiplyAdd(x, a, a4);
            b4 = Vector512.FusedMultiplyAdd(x, b, b4);
            x = Vector512.Create(x5[k]);
            a5 = Vector512.FusedMultiplyAdd(x, a, a5);
            b5 = Vector512.FusedMultiplyAdd(x, b, b5);
            x = Vector512.Create(x6[k]);
            a6 = Vector512.FusedMultiplyAdd(x, a, a6);
            b6 = Vector512.FusedMultiplyAdd(x, b, b6);
            x = Vector512.Create(x7[k]);
            a7 = Vector512.FusedMultiplyAdd(x, a, a7);
            b7 = Vector512.FusedMultiplyAdd(x, b, b7);
            x = Vector512.Create(x8[k]);
            a8 = Vector512.FusedMultiplyAdd(x, a, a8);
            b8 = Vector512.FusedMultiplyAdd(x, b, b8);
            x = Vector512.Create(x9[k]);
            a9 = Vector512.FusedMultiplyAdd(x, a, a9);
            b9 = Vector512.FusedMultiplyAdd(x, b, b9);
            x = Vector512.Create(x10[k]);
            a10 = Vector512.FusedMultiplyAdd(x, a, a10);
            b10 = Vector512.FusedMultiplyAdd(x, b, b10);
            x = Vector512.Create(x11[k]);
            a11 = Vector512.FusedMultiplyAdd(x, a, a11);
            b11 = Vector512.FusedMultiplyAdd(x, b, b11);
        }

        Store(a0, b0, logits, tokens, start + 0);
        Store(a1, b1, logits, tokens, start + 1);
        Store(a2, b2, logits, tokens, start + 2);
        Store(a3, b3, logits, tokens, start + 3);
        Store(a4, b4, logits, tokens, start + 4);
        Store(a5, b5, logits, tokens, start + 5);
        Store(a6, b6, logits, tokens, start + 6);
        Store(a7, b7, logits, tokens, start + 7);
        Store(a8, b8, logits, tokens, start + 8);
        Store(a9, b9, logits, tokens, start + 9);
        Store(a10, b10, logits, tokens, start + 10);
        Store(a11, b11, logits, tokens, start + 11);
    }

    // Beyond the last token its row is repeated.
    private static float* Row(float* hidden, int tokens, int width, int token) => hidden + ((nint)Math.Min(token, tokens - 1) * width);

    private static void Store(Vector512<float> a, Vector512<float> b, float* logits, int tokens, int token)
    {
        float* target = logits + (Math.Min(token, tokens - 1) * PanelKernel.Columns);
        a.Store(target);
        b.Store(target + Lanes);
    }
}
