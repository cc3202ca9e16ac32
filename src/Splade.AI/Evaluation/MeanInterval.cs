namespace Splade.AI.Evaluation;

/// <summary>A mean over queries and where the mean over all queries of their kind may lie.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end of the 95 % confidence interval.</param>
/// <param name="High">The upper end.</param>
public readonly record struct MeanInterval(double Mean, double Low, double High)
{
    private const double Tail = .025;

    /// <summary>The mean and its interval by the percentile bootstrap: the values are drawn with replacement, as many as there are.</summary>
    /// <param name="values">One value per query, at least one.</param>
    /// <param name="resampling">How often; null for the default.</param>
    /// <remarks>B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3.</remarks>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static MeanInterval Of(IReadOnlyList<double> values, Resampling? resampling = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("Found no values, expected at least one.", nameof(values));
        }

        resampling ??= Resampling.Default;
        double[] drawn = [.. values];
        double[] means = Means(drawn, resampling);
        return new MeanInterval(drawn.Average(), means[At(Tail, means.Length)], means[At(1 - Tail, means.Length)]);
    }

    private static double[] Means(double[] values, Resampling resampling)
    {
        var random = new Random(resampling.Seed);
        double[] means = new double[resampling.Count];
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
