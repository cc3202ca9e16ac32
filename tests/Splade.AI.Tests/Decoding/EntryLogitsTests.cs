using Splade.AI.Decoding;
using Splade.AI.Pooling;

namespace Splade.AI.Tests.Decoding;

/// <summary>Logits of single entries: the same as those that are pooled, and as the obvious products.</summary>
public sealed class EntryLogitsTests
{
    private static readonly (int Columns, int Width, int Tokens)[] Shapes = [(33, 8, 1), (100, 33, 3), (513, 128, 7), (300, 384, 12), (64, 770, 5)];

    [KernelFact]
    public void ReadLogits_AnyShape_LargestIsThePooledOneBitForBit()
    {
        foreach ((int columns, int width, int tokens) in Shapes)
        {
            var random = new RandomDecoder(columns, columns, width);
            DecoderWeights weights = random.Weights();
            using var full = new FullDecoder(weights, LogitPooling.Max);
            using var screened = new ScreenedDecoder(weights, LogitPooling.Max, ScreenScale.Measure(random.Hidden(30), width));
            float[] hidden = random.Hidden(tokens), pooled = new float[columns];
            full.Decode(new HiddenStates(hidden), pooled, threads: 1);
            foreach (int[] entries in Entries(columns))
            {
                float[] expected = [.. entries.Select(e => pooled[e])];
                Assert.Equal(expected, Largest(full, hidden, entries, tokens));
                Assert.Equal(expected, Largest(screened, hidden, entries, tokens));
            }
        }
    }

    [Fact]
    public void ReadLogits_Portable_EqualsTheProducts()
    {
        foreach ((int columns, int width, int tokens) in Shapes)
        {
            var random = new RandomDecoder(columns, columns, width);
            DecoderWeights weights = random.Weights();
            using var portable = new PortableEntryDecoder(weights);
            float[] hidden = random.Hidden(tokens);
            foreach (int[] entries in Entries(columns))
            {
                float[] logits = new float[tokens * entries.Length];
                portable.ReadLogits(hidden, entries, logits);
                for (int i = 0; i < logits.Length; i++)
                {
                    (int token, int entry) = Math.DivRem(i, entries.Length);
                    double expected = weights.Bias[entries[entry]];
                    for (int k = 0; k < width; k++)
                    {
                        expected += (double)hidden[(token * width) + k] * weights.Row(entries[entry])[k];
                    }

                    Assert.Equal(expected, logits[i], 2e-5 * Math.Max(1, Math.Abs(expected)));
                }
            }
        }
    }

    [KernelFact]
    public void ReadLogits_ManyCallers_SameBits()
    {
        const int Columns = 500, Width = 48;
        var random = new RandomDecoder(4, Columns, Width);
        using var screened = new ScreenedDecoder(random.Weights(), LogitPooling.Max, ScreenScale.Measure(random.Hidden(50), Width));
        float[][] texts = [.. Enumerable.Range(1, 8).Select(random.Hidden)];
        int[] entries = [.. Enumerable.Range(0, 20).Select(i => i * 23)];
        float[][] alone = [.. texts.Select((text, i) => Largest(screened, text, entries, i + 1))];
        Parallel.For(0, 64, i => Assert.Equal(alone[i % 8], Largest(screened, texts[i % 8], entries, 1 + (i % 8))));
    }

    private static IEnumerable<int[]> Entries(int columns) =>
        [[columns - 1], [0, columns / 2, columns - 1], [.. Enumerable.Range(0, IEntryDecoder.MaxEntries).Select(i => i * columns / IEntryDecoder.MaxEntries)]];

    private static float[] Largest(IEntryDecoder decoder, float[] hidden, int[] entries, int tokens)
    {
        float[] logits = new float[tokens * entries.Length];
        decoder.ReadLogits(hidden, entries, logits);
        return [.. entries.Select((_, i) => Enumerable.Range(0, tokens).Max(token => logits[(token * entries.Length) + i]))];
    }
}
