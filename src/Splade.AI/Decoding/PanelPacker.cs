using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>
/// Turns the weights of some vocabulary entries into a panel: for each dimension of the hidden state, the weights of all
/// of them side by side.
/// </summary>
internal static unsafe class PanelPacker
{
    private const int Lanes = 8;

    /// <param name="rows">Shape <c>[entries, width]</c>: the weights of entries.</param>
    /// <param name="width">The length of a row.</param>
    /// <param name="columns">The entries, at most <see cref="PanelKernel.Columns"/> and at least one. A panel that is not full repeats the last.</param>
    /// <param name="panel">Shape <c>[width, <see cref="PanelKernel.Columns"/>]</c>: receives the panel.</param>
    public static void Pack(float* rows, int width, ReadOnlySpan<int> columns, float* panel)
    {
        for (int lane = 0; lane < PanelKernel.Columns; lane += Lanes)
        {
            PackLanes(rows, width, columns, lane, panel + lane);
        }
    }

    // Squares of 8 x 8 are transposed in registers; what is left of the width goes one by one.
    private static void PackLanes(float* rows, int width, ReadOnlySpan<int> columns, int lane, float* panel)
    {
        float** lanes = stackalloc float*[Lanes];
        for (int i = 0; i < Lanes; i++)
        {
            lanes[i] = rows + ((nint)columns[Math.Min(lane + i, columns.Length - 1)] * width);
        }

        int k = 0;
        for (; k <= width - Lanes; k += Lanes)
        {
            Transpose(lanes, k, panel + (k * PanelKernel.Columns), PanelKernel.Columns);
        }

        for (; k < width; k++)
        {
            for (int i = 0; i < Lanes; i++)
            {
                panel[(k * PanelKernel.Columns) + i] = lanes[i][k];
            }
        }
    }

    /// <summary>Transposes a square of 8 x 8.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="k">Where the square begins in each of them.</param>
    /// <param name="target">Receives its columns.</param>
    /// <param name="stride">How far they are from each other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float** rows, int k, float* target, int stride)
    {
        Vector256<float> a = Vector256.Load(rows[0] + k), b = Vector256.Load(rows[1] + k), c = Vector256.Load(rows[2] + k), d = Vector256.Load(rows[3] + k);
        Vector256<float> e = Vector256.Load(rows[4] + k), f = Vector256.Load(rows[5] + k), g = Vector256.Load(rows[6] + k), h = Vector256.Load(rows[7] + k);
        TransposeQuads(ref a, ref b, ref c, ref d);
        TransposeQuads(ref e, ref f, ref g, ref h);
        StoreHalves(a, e, target, stride);
        StoreHalves(b, f, target + stride, stride);
        StoreHalves(c, g, target + (2 * stride), stride);
        StoreHalves(d, h, target + (3 * stride), stride);
    }

    // 4 x 4 in each half of the registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeQuads(ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c, ref Vector256<float> d)
    {
        Vector256<double> low = Avx.UnpackLow(a, b).AsDouble(), high = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> nextLow = Avx.UnpackLow(c, d).AsDouble(), nextHigh = Avx.UnpackHigh(c, d).AsDouble();
        a = Avx.UnpackLow(low, nextLow).AsSingle();
        b = Avx.UnpackHigh(low, nextLow).AsSingle();
        c = Avx.UnpackLow(high, nextHigh).AsSingle();
        d = Avx.UnpackHigh(high, nextHigh).AsSingle();
    }

    // The lower halves are one dimension, the upper halves the one four further.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<float> left, Vector256<float> right, float* target, int stride)
    {
        Avx.Permute2x128(left, right, 0x20).Store(target);
        Avx.Permute2x128(left, right, 0x31).Store(target + (4 * stride));
    }
}
