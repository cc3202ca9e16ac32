using Splade.AI.Decoding;

namespace Splade.AI.Tests.Decoding;

public sealed unsafe class ScreenKernelTests
{
    [KernelFact]
    public void Max_AnyShape_EqualsTheObviousLoop()
    {
        foreach ((int tokens, int width) in new[] { (1, 2), (3, 10), (4, 128), (9, 130), (17, 256), (6, 384), (5, 770) })
        {
            Check(tokens, width, new Random(width), largestWeight: 20);
        }
    }

    // 63 * 4 * 128 = 32,256: sums that nearly fill 16 bits, with every partial sum beyond them.
    [KernelFact]
    public void Max_SumsAtTheEndOfTheirRange_AreExact()
    {
        foreach (int sign in new[] { 1, -1 })
        {
            int[] hidden = [.. Enumerable.Repeat(ScreenKernel.Offset, 128)];
            sbyte[] weights = [.. Enumerable.Repeat((sbyte)(4 * sign), 128 * ScreenKernel.Columns)];
            Assert.All(Max(hidden, 1, 128, weights), max => Assert.Equal(sign * 32_256, max));
        }
    }

    private static void Check(int tokens, int width, Random random, int largestWeight)
    {
        int[] hidden = [.. Enumerable.Range(0, tokens * width).Select(_ => random.Next(-ScreenKernel.Offset, ScreenKernel.Offset + 1))];
        sbyte[] weights = [.. Enumerable.Range(0, ScreenKernel.Columns * width).Select(_ => (sbyte)random.Next(-largestWeight, largestWeight + 1))];
        int[] expected = [.. Enumerable.Range(0, ScreenKernel.Columns).Select(column => Enumerable.Range(0, tokens).Max(token =>
            Enumerable.Range(0, width).Sum(k => hidden[(token * width) + k] * weights[(column * width) + k])))];
        Assert.Equal(expected, Max(hidden, tokens, width, weights));
    }

    private static int[] Max(int[] hidden, int tokens, int width, sbyte[] weights)
    {
        uint[] pairs = new uint[tokens * width / 2];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (uint)((hidden[2 * i] + ScreenKernel.Offset) | ((hidden[(2 * i) + 1] + ScreenKernel.Offset) << 8)) * 0x10001;
        }

        sbyte[] panel = new sbyte[weights.Length];
        short[] starts = new short[(width + ScreenKernel.Block - 1) / ScreenKernel.Block * ScreenKernel.Columns];
        for (int column = 0; column < ScreenKernel.Columns; column++)
        {
            for (int k = 0; k < width; k++)
            {
                sbyte weight = weights[(column * width) + k];
                panel[(k / 2 * 2 * ScreenKernel.Columns) + (column * 2) + (k % 2)] = weight;
                starts[(k / ScreenKernel.Block * ScreenKernel.Columns) + column] -= (short)(ScreenKernel.Offset * weight);
            }
        }

        int[] maxima = new int[ScreenKernel.Columns];
        fixed (uint* x = pairs)
        fixed (sbyte* w = panel)
        fixed (short* s = starts)
        fixed (int* m = maxima)
        {
            ScreenKernel.Max(x, tokens, width, w, s, m);
        }

        return maxima;
    }
}
