using Splade.AI.Tokenization;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>The plain way from logits to rows: loops over the real tokens of each text.</summary>
internal static class Pooled
{
    public static double[] Max(float[] logits, TokenBatch batch, int width) =>
        Rows(logits, batch, width, double.NegativeInfinity, (row, logit) => Math.Max(row, logit));

    public static double[] Sum(float[] logits, TokenBatch batch, int width, bool twice) =>
        Rows(logits, batch, width, 0, (row, logit) => logit <= 0 ? row : row + (twice ? Math.Log(1 + Math.Log(1 + logit)) : Math.Log(1 + logit)));

    /// <summary>Fails where two rows differ by more than the tolerance, relative to a value if that is over 1.</summary>
    public static void AssertSame(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))))
            {
                Assert.Fail($"At {i}: {actual[i]}, expected {expected[i]}.");
            }
        }
    }

    private static double[] Rows(float[] logits, TokenBatch batch, int width, double start, Func<double, double, double> pool)
    {
        double[] rows = new double[batch.Rows * width];
        Array.Fill(rows, start);
        for (int text = 0; text < batch.Rows; text++)
        {
            for (int token = 0; token < batch.Lengths[text]; token++)
            {
                ReadOnlySpan<float> row = logits.AsSpan(((text * batch.Length) + token) * width, width);
                for (int i = 0; i < width; i++)
                {
                    rows[(text * width) + i] = pool(rows[(text * width) + i], row[i]);
                }
            }
        }

        return rows;
    }
}
