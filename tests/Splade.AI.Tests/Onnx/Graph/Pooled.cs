using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Onnx.Graph;

/// <summary>The plain way from logits to rows: loops over the real tokens of each text.</summary>
internal static class Pooled
{
    public static double[] Max(float[] logits, TokenBatch batch, int width) =>
        Rows(logits, batch, width, column => column.Max());

    public static double[] Sum(float[] logits, TokenBatch batch, int width, bool twice) =>
        Rows(logits, batch, width, column => column.Sum(x => twice ? Log1p(Log1p(Math.Max(0, x))) : Log1p(Math.Max(0, x))));

    /// <summary>Fails where two rows differ by more than the tolerance, relative to a value if that is over 1.</summary>
    public static void AssertSame(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"At {i}: {actual[i]}, expected {expected[i]}.");
        }
    }

    private static double[] Rows(float[] logits, TokenBatch batch, int width, Func<IEnumerable<double>, double> pool) =>
    [
        .. from text in Enumerable.Range(0, batch.Rows)
           from column in Enumerable.Range(0, width)
           select pool(Enumerable.Range(0, batch.Lengths[text]).Select(t => (double)logits[((((long)text * batch.Length) + t) * width) + column])),
    ];

    private static double Log1p(double x) => Math.Log(1 + x);
}
