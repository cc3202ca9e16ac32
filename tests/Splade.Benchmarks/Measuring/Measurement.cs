namespace Splade.Benchmarks.Measuring;

/// <summary>What was measured of one contender.</summary>
/// <param name="Name">The contender.</param>
/// <param name="UnitsPerSecond">One rate for each round.</param>
/// <param name="AllocatedBytes">What one run allocates on the thread that calls it.</param>
internal sealed record Measurement(string Name, IReadOnlyList<double> UnitsPerSecond, long AllocatedBytes)
{
    public double Best => UnitsPerSecond.Max();

    public double Median
    {
        get
        {
            double[] sorted = [.. UnitsPerSecond.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
