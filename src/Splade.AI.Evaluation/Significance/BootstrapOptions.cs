namespace Splade.AI.Evaluation;

/// <summary>Represents options of the bootstrap and of the randomisation test, which draw values anew to tell a difference from chance.</summary>
/// <remarks>The same numbers give the same results on every machine.</remarks>
public sealed class BootstrapOptions
{
    /// <summary>Gets or sets the number of resamples, and of random signs, at least 100.</summary>
    /// <value>The default is 10,000: enough to tell a p-value of 0.01 from one of 0.013.</value>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 100.</exception>
    public int Resamples
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 100, nameof(Resamples));
            field = value;
        }
    } = 10_000;

    /// <summary>Gets or sets the seed of the random numbers.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy.</returns>
    public BootstrapOptions Clone() => (BootstrapOptions)MemberwiseClone();
}
