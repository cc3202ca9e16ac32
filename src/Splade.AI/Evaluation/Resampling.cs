namespace Splade.AI.Evaluation;

/// <summary>How often and from which seed values are drawn anew to tell a difference from chance.</summary>
/// <remarks>The same numbers give the same results on every machine. Immutable.</remarks>
public sealed record Resampling
{
    /// <summary>The defaults.</summary>
    public static Resampling Default { get; } = new();

    /// <summary>How many times, at least 100.</summary>
    /// <value>The default is 10,000: enough to tell a p-value of 0.01 from one of 0.013.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 100.</exception>
    public int Count
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 100, nameof(Count));
            field = value;
        }
    } = 10_000;

    /// <summary>Where the random numbers begin.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;
}
