using Splade.Benchmarks.Latency;

namespace Splade.Benchmarks.Tests.Latency;

public sealed class PercentilesTests
{
    [Fact]
    public void At_OneToHundred_IsTheShare()
    {
        var times = new Percentiles(Enumerable.Range(1, 100).Reverse().Select(i => (double)i));
        Assert.Equal([1, 50, 95, 99, 100], new[] { times.Best, times.Median, times.At(0.95), times.At(0.99), times.At(1) });
    }

    [Fact]
    public void Constructor_NoTimes_Throws() => Assert.Throws<ArgumentOutOfRangeException>("times", () => new Percentiles([]));
}
