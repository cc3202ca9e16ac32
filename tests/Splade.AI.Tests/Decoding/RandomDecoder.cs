using Splade.AI.Decoding;

namespace Splade.AI.Tests.Decoding;

/// <summary>Decoders and hidden states as trained models have them: few positive logits, a few dimensions far larger than the others.</summary>
internal sealed class RandomDecoder(int seed, int columns, int width)
{
    private readonly Random _random = new(seed);

    public DecoderWeights Weights()
    {
        var rows = new AlignedBuffer<float>((nint)columns * width);
        float[] bias = new float[columns];
        for (int column = 0; column < columns; column++)
        {
            Fill(rows.Span((nint)column * width, width), 1 / MathF.Sqrt(width));
            bias[column] = -4.5f + Gauss();
        }

        return new DecoderWeights(bias, rows);
    }

    public float[] Hidden(int tokens)
    {
        float[] hidden = new float[tokens * width];
        Fill(hidden, 1);
        for (int token = 0; token < tokens; token++)
        {
            hidden[token * width] = 9 + Gauss();
            hidden[(token * width) + (width / 2)] *= 0.01f;
        }

        return hidden;
    }

    private void Fill(Span<float> values, float spread)
    {
        foreach (ref float value in values)
        {
            value = Gauss() * spread;
        }
    }

    // Twelve uniform numbers add up to a variance of one.
    private float Gauss() => (float)(Enumerable.Range(0, 12).Sum(_ => _random.NextDouble()) - 6);
}
