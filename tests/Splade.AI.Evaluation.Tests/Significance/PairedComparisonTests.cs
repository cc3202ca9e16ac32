namespace Splade.AI.Evaluation.Tests.Significance;

/// <summary>The bootstrap interval and the randomisation test.</summary>
public sealed class PairedComparisonTests
{
    [Fact]
    public void Of_FewQueries_PValueIsThatOfAllSigns()
    {
        double[] differences = [.3, .1, .4, -.2, .25, .05, .15, -.02];
        double found = Math.Abs(differences.Sum());
        int asFar = Enumerable.Range(0, 256).Count(signs => Math.Abs(differences.Select((d, i) => (signs >> i & 1) == 0 ? d : -d).Sum()) >= found - 1e-12);

        var comparison = PairedComparison.Of(differences, new double[8], new BootstrapOptions { Resamples = 100_000 });

        Assert.Equal(asFar / 256d, comparison.PValue, .005);
        Assert.Equal(differences.Average(), comparison.Difference.Mean, 1e-12);
    }

    [Fact]
    public void Of_EqualRuns_IsNoDifferenceAtAll() =>
        Assert.Equal(new PairedComparison(new MeanInterval(0, 0, 0), 1), PairedComparison.Of([.5, .25, 1], [.5, .25, 1]));

    [Fact]
    public void Of_ClearDifference_IsSignificantAndOutsideOfTheInterval()
    {
        var random = new Random(1);
        double[] baseline = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble() / 2)];

        var comparison = PairedComparison.Of([.. baseline.Select(value => value + .05 + (random.NextDouble() / 50))], baseline);

        Assert.Equal(1 / 10_001d, comparison.PValue);
        Assert.InRange(comparison.Difference.Low, .05, comparison.Difference.Mean);
    }

    [Fact]
    public void Of_SameSeed_IsTheSame()
    {
        double[] values = [.1, .5, .3, .8], others = [.2, .4, .4, .1];

        Assert.Equal(PairedComparison.Of(values, others), PairedComparison.Of(values, others));
        Assert.NotEqual(PairedComparison.Of(values, others).PValue, PairedComparison.Of(values, others, new BootstrapOptions { Seed = 2 }).PValue);
    }

    [Fact]
    public void MeanInterval_OfManyValues_IsCloseToTheNormalOne()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        double mean = values.Average(), error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / 399 / 400);

        var interval = MeanInterval.Of(values);

        Assert.Equal(mean, interval.Mean, 1e-12);
        Assert.Equal(mean - (1.96 * error), interval.Low, error / 10);
        Assert.Equal(mean + (1.96 * error), interval.High, error / 10);
        Assert.Equal(new MeanInterval(.5, .5, .5), MeanInterval.Of([.5]));
    }

    [Fact]
    public void Of_BadArguments_AreNamed()
    {
        Assert.Throws<ArgumentException>("values", () => PairedComparison.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>("values", () => MeanInterval.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>("Resamples", () => new BootstrapOptions { Resamples = 99 });
    }
}
