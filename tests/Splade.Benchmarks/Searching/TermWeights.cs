using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>Weights as SPLADE models give them: few large ones and many small ones. They are multiples of 1/64, so that sums are the same in any order.</summary>
internal static class TermWeights
{
    private const float Parts = 64;

    /// <param name="random">Where it comes from.</param>
    /// <param name="scale">By what the usual weight is multiplied.</param>
    /// <param name="largest">The largest.</param>
    public static float Draw(Random random, double scale, float largest) =>
        (float)Math.Clamp(Math.Round(0.4 * scale * Math.Exp(0.8 * Gauss(random)) * Parts), 1, largest * Parts) / Parts;

    public static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static SparseVector ToVector(Dictionary<int, float> weights)
    {
        int[] indices = [.. weights.Keys.Order()];
        return new SparseVector(indices, Array.ConvertAll(indices, term => weights[term]), GeneratedVectors.Dimensions);
    }
}
