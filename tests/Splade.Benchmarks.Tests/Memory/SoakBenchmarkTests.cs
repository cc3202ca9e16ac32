using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Tests.Memory;

public sealed class SoakBenchmarkTests
{
    [Theory]
    [InlineData("No growth", 400, 405, 410, 405, 420)]
    [InlineData("GROWS", 400, 450, 500, 550, 600)]
    public void Verdict_OfSamples_ComparesTheHalves(string verdict, params int[] megabytes)
    {
        SoakSample[] samples = [new(0, 100_000_000, 0), .. megabytes.Select((mb, i) => new SoakSample((i + 1) * 1000, mb * 1_000_000L, 0))];
        Assert.StartsWith(verdict, SoakBenchmark.Verdict(samples), StringComparison.Ordinal);
    }
}
