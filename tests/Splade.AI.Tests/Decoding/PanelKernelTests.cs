using Splade.AI.Decoding;

namespace Splade.AI.Tests.Decoding;

public sealed unsafe class PanelKernelTests
{
    [KernelFact]
    public void Multiply_AnyShape_EqualsTheObviousLoop()
    {
        foreach ((int tokens, int width) in new[] { (1, 1), (2, 7), (5, 8), (6, 16), (7, 33), (13, 128), (40, 200) })
        {
            var random = new RandomDecoder(tokens, PanelKernel.Columns, width);
            using DecoderWeights weights = random.Weights();
            float[] hidden = random.Hidden(tokens);
            float[] logits = Multiply(weights, hidden, [.. Enumerable.Range(0, PanelKernel.Columns)]);
            for (int token = 0; token < tokens; token++)
            {
                for (int column = 0; column < PanelKernel.Columns; column++)
                {
                    Assert.Equal(Chain(hidden.AsSpan(token * width, width), weights.Row(column)), logits[(token * PanelKernel.Columns) + column]);
                }
            }
        }
    }

    // Where there are no registers of 512 bits the runtime does their work with narrower ones: slow, and the same numbers.
    [KernelFact]
    public void Multiply_NarrowAndWide_HaveTheSameBits()
    {
        const int Width = 70;
        foreach (int tokens in new[] { 1, 5, 12, 13, 30 })
        {
            var random = new RandomDecoder(tokens, PanelKernel.Columns, Width);
            float[] hidden = random.Hidden(tokens), panel = random.Hidden(PanelKernel.Columns);
            float[] narrow = new float[tokens * PanelKernel.Columns], wide = new float[narrow.Length];
            fixed (float* x = hidden, w = panel, n = narrow, v = wide)
            {
                PanelKernel.MultiplyNarrow(x, tokens, Width, w, n);
                WidePanelKernel.Multiply(x, tokens, Width, w, v);
            }

            Assert.Equal(narrow, wide);
        }
    }

    [KernelFact]
    public void Multiply_PanelThatIsNotFull_RepeatsItsLastColumn()
    {
        var random = new RandomDecoder(1, 40, 24);
        using DecoderWeights weights = random.Weights();
        float[] hidden = random.Hidden(1);
        float[] logits = Multiply(weights, hidden, [39, 3, 17]);
        Assert.Equal(Chain(hidden, weights.Row(3)), logits[1]);
        Assert.All(logits[2..], logit => Assert.Equal(Chain(hidden, weights.Row(17)), logit));
    }

    private static float[] Multiply(DecoderWeights weights, float[] hidden, int[] columns)
    {
        int tokens = hidden.Length / weights.Width;
        float[] logits = new float[tokens * PanelKernel.Columns];
        using var panel = new AlignedBuffer<float>((nint)weights.Width * PanelKernel.Columns);
        PanelPacker.Pack(weights.Pointer, weights.Width, columns, panel.Pointer);
        fixed (float* states = hidden, target = logits)
        {
            PanelKernel.Multiply(states, tokens, weights.Width, panel.Pointer, target);
        }

        return logits;
    }

    private static float Chain(ReadOnlySpan<float> x, ReadOnlySpan<float> w)
    {
        float sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            sum = MathF.FusedMultiplyAdd(x[k], w[k], sum);
        }

        return sum;
    }
}
