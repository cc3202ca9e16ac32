namespace Splade.AI.Evaluation;

/// <summary>Represents a mean over queries with its confidence interval: where the mean over all queries of their kind may lie.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end of the 95 % confidence interval.</param>
/// <param name="High">The upper end.</param>
public readonly record struct MeanInterval(double Mean, double Low, double High)
{
    private const double Tail = .025;

    /// <summary>Computes the mean and its interval by the percentile bootstrap: the values are drawn with replacement, as many as there are.</summary>
    /// <param name="values">One value per query, at least one.</param>
    /// <param name="options">The number of resamples and the seed; null for the defaults.</param>
    /// <remarks>B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3.</remarks>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static MeanInterval Of(IReadOnlyList<double> values, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("Found no values, expected at least one.", nameof(values));
        }

        options ??= new BootstrapOptions();
        double[] drawn = [.. values];
        double[] means = Means(drawn, options);
        return new MeanInterval(drawn.Average(), means[At(Tail, means.Length)], means[At(1 - Tail, means.Length)]);
    }

    private static double[] Means(double[] values, BootstrapOptions options)
    {
        var random = new Random(options.Seed);
        double[] means = new double[options.Resamples];
        for (int i = 0; i < means.Length; i++)
        {
            double sum = 0;
            for (int draw = 0; draw < values.Length; draw++)
            {
                sum += values[random.Next(values.Length)];
            }

            means[i] = sum / values.Length;
        }

        Array.Sort(means);
        return means;
    }

    private static int At(double share, int count) => (int)Math.Round(share * (count - 1));
}
