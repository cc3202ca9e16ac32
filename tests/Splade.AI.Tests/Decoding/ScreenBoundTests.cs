using System.Numerics.Tensors;
using Splade.AI.Decoding;
using Splade.AI.Pooling;

namespace Splade.AI.Tests.Decoding;

/// <summary>Looks for an entry that the screen misses: thousands of small decoders, with logits that are positive by the last bit.</summary>
public sealed class ScreenBoundTests
{
    private const int Columns = 40;

    [KernelFact]
    public void Screened_AnyNumbers_MissesNothing()
    {
        int positive = 0;
        foreach (int seed in Enumerable.Range(0, Trials.Of(1000, slow: 4000)))
        {
            positive += Check(seed, new Random(seed));
        }

        Assert.InRange(positive, Trials.Of(4_000, slow: 20_000), int.MaxValue);
    }

    private static int Check(int seed, Random random)
    {
        int width = seed % 3 == 0 ? 1 + random.Next(4) : 1 + random.Next(300), tokens = 1 + random.Next(5);
        float[] sample = Numbers(random, 1 + random.Next(6), width), hidden = Numbers(random, tokens, width);
        DecoderWeights weights = Weights(random, hidden, width);
        using var full = new FullDecoder(weights, LogitPooling.Max);
        using var screened = new ScreenedDecoder(weights, LogitPooling.Max, ScreenScale.Measure(random.Next(2) == 0 ? sample : hidden, width));
        float[] expected = new float[Columns], actual = new float[Columns];
        full.Decode(new HiddenStates(hidden), expected, threads: 1);
        screened.Decode(new HiddenStates(hidden), actual, threads: 1);
        for (int column = 0; column < Columns; column++)
        {
            float wanted = Math.Max(0, expected[column]), found = Math.Max(0, actual[column]);
            Assert.True(
                wanted.Equals(found) || !float.IsFinite(wanted), $"seed {seed}, width {width}, {tokens} tokens, column {column}: {found}, expected {wanted}");
        }

        return expected.Count(x => x > 0);
    }

    // Each bias takes the largest logit to nothing, or to the next number above it: only a bound that is one finds those.
    private static DecoderWeights Weights(Random random, float[] hidden, int width)
    {
        var rows = new AlignedBuffer<float>((nint)Columns * width);
        Numbers(random, Columns, width).CopyTo(rows.Span(0, Columns * width));
        if (random.Next(2) == 0)
        {
            for (int column = 0; column < Columns; column++)
            {
                TensorPrimitives.Multiply(hidden.AsSpan(0, width), Scale(random), rows.Span((nint)column * width, width));
            }
        }

        var weights = new DecoderWeights(new float[Columns], rows);
        float[] products = new float[Columns];
        using (var full = new FullDecoder(weights, LogitPooling.Max))
        {
            full.Decode(new HiddenStates(hidden), products, threads: 1);
        }

        for (int column = 0; column < Columns; column++)
        {
            float bias = float.IsFinite(products[column]) ? -products[column] : 0;
            weights.Bias[column] = random.Next(4) == 0 ? bias : MathF.BitIncrement(bias);
        }

        return weights;
    }

    private static float[] Numbers(Random random, int rows, int width)
    {
        float scale = Scale(random), shift = random.Next(3) == 0 ? 1000 * random.NextSingle() : 0;
        int kind = random.Next(5);
        float[] each = [.. Enumerable.Range(0, width).Select(_ => kind == 4 ? Scale(random) : 1)];
        return [.. Enumerable.Range(0, rows * width).Select(i => scale * each[i % width] * (Number(random, kind, i % width) + shift))];
    }

    private static float Number(Random random, int kind, int dimension) => kind switch
    {
        0 => random.Next(2) == 0 ? 1 : -1,
        1 => random.Next(-63, 64),
        2 => MathF.Tan(1.5f * ((2 * random.NextSingle()) - 1)),
        3 => dimension % 2 == 0 ? 7 : random.NextSingle() - 0.5f,
        _ => (2 * random.NextSingle()) - 1,
    };

    private static float Scale(Random random) => random.Next(3) switch
    {
        0 => 1,
        1 => MathF.Pow(10, random.Next(-3, 4)),
        _ => MathF.Pow(10, random.Next(-22, 19)),
    };
}
