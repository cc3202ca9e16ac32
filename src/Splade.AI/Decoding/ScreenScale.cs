namespace Splade.AI.Decoding;

/// <summary>A centre and a spread for each dimension of the hidden state, which bring all dimensions to the same size before they are made integers.</summary>
/// <remarks>
/// <c>x·w = (x - c)/d · (d w) + c·w</c> holds for any centre c and spread d, so they change how tight the bound of the screen is, never
/// what comes out. Taken from some hidden states, they undo the scale of the last layer norm and the few large dimensions of trained models.
/// </remarks>
internal sealed class ScreenScale
{
    private ScreenScale(float[] centre, float[] spread)
    {
        Centre = centre;
        Spread = spread;
        Inverse = Array.ConvertAll(spread, s => 1 / s);
    }

    public float[] Centre { get; }

    public float[] Spread { get; }

    public float[] Inverse { get; }

    /// <summary>The mean and standard deviation of each dimension.</summary>
    /// <param name="hidden">Shape <c>[tokens, width]</c>: hidden states of an ordinary text.</param>
    /// <param name="width">The length of a hidden state.</param>
    public static ScreenScale Measure(ReadOnlySpan<float> hidden, int width)
    {
        int tokens = hidden.Length / width;
        double[] sums = new double[width], squares = new double[width];
        for (int i = 0; i < hidden.Length; i++)
        {
            sums[i % width] += hidden[i];
            squares[i % width] += (double)hidden[i] * hidden[i];
        }

        float[] centre = Array.ConvertAll(sums, s => (float)(s / tokens));
        float[] spread = [.. squares.Zip(centre, (s, c) => (float)Math.Sqrt(Math.Max(0, (s / tokens) - ((double)c * c))))];

        // A dimension that hardly moved in the sample may move in a text: its steps are not made finer than a hundredth of the widest.
        float least = Math.Max(RowMath.LargestMagnitude(spread) / 100, 1e-30f);
        return new ScreenScale(centre, Array.ConvertAll(spread, s => Math.Max(s, least)));
    }
}
