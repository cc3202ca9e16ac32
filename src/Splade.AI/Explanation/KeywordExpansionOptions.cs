namespace Splade.AI.Explanation;

/// <summary>Which words a query is expanded by.</summary>
public sealed record KeywordExpansionOptions
{
    /// <summary>How many words are added to those of the query, at most: the heaviest.</summary>
    /// <value>At least 0. The default is 10: what comes later is seldom near to the query, and an engine of keywords weighs it like the rest.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxAdded
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxAdded));
            field = value;
        }
    } = 10;

    /// <summary>The least weight of a word that is added, in the units of the model's vectors.</summary>
    /// <value>At least 0. The default is 0: any weight.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not a number.</exception>
    public float MinWeight
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MinWeight), value, "Expected a weight of at least 0.");
    }
}
