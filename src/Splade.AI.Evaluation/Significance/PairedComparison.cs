namespace Splade.AI.Evaluation;

/// <summary>Represents the difference of two runs on the same queries, and the likelihood that it is chance. Immutable.</summary>
/// <remarks>
/// The p-value is that of the two-sided paired randomisation test: under the hypothesis that the runs do not differ, each query's
/// difference could as well have the other sign; the p-value is the share of random signs whose mean is at least as far from 0 as the
/// one found, the one found included. M. D. Smucker, J. Allan, B. Carterette, "A Comparison of Statistical Significance Tests for
/// Information Retrieval Evaluation", CIKM 2007. It is not corrected for how many runs are compared.
/// </remarks>
/// <param name="Difference">The mean of the differences per query, with its 95 % bootstrap interval.</param>
/// <param name="PValue">How likely a difference as large is if the runs do not differ, above 0 and up to 1.</param>
public readonly record struct PairedComparison(MeanInterval Difference, double PValue)
{
    /// <summary>Means that differ by less than this are equal but for rounding.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Compares the values of two runs, query by query.</summary>
    /// <param name="values">The values of the run in question, one per query, at least one.</param>
    /// <param name="baseline">The values of the run it is compared with, of the same queries in the same order.</param>
    /// <param name="options">The number of resamples and the seed; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no values, or not as many of both.</exception>
    public static PairedComparison Of(IReadOnlyList<double> values, IReadOnlyList<double> baseline, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(baseline);
        if (values.Count != baseline.Count)
        {
            throw new ArgumentException($"Found {values.Count} values and {baseline.Count} of the baseline, expected as many.", nameof(values));
        }

        options ??= new BootstrapOptions();
        double[] differences = [.. values.Zip(baseline, (value, other) => value - other)];
        return new PairedComparison(MeanInterval.Of(differences, options), Randomise(differences, options));
    }

    private static double Randomise(double[] differences, BootstrapOptions options)
    {
        var random = new Random(options.Seed);
        double found = Math.Abs(differences.Sum()) - Rounding;
        int asFar = 1;
        for (int i = 0; i < options.Resamples; i++)
        {
            double sum = 0;
            foreach (double difference in differences)
            {
                sum += random.Next(2) == 0 ? difference : -difference;
            }

            asFar += Math.Abs(sum) >= found ? 1 : 0;
        }

        return asFar / (options.Resamples + 1d);
    }
}
