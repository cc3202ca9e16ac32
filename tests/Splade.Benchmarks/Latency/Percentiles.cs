namespace Splade.Benchmarks.Latency;

/// <summary>What so many calls took.</summary>
internal sealed class Percentiles
{
    private readonly double[] _sorted;

    /// <param name="times">At least one.</param>
    public Percentiles(IEnumerable<double> times)
    {
        _sorted = [.. times.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(_sorted.Length, nameof(times));
    }

    public int Count => _sorted.Length;

    public double Best => _sorted[0];

    public double Median => At(0.5);

    /// <summary>The least time that this share of the calls did not exceed.</summary>
    public double At(double share) => _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)];
}
