namespace Splade.AI.Explanation;

/// <summary>Provides the options of expanding a query by words: how many, and of which weight.</summary>
public sealed class KeywordExpansionOptions
{
    /// <summary>Gets or sets how many words are added to those of the query, at most: the heaviest.</summary>
    /// <value>At least 0. The default is 10: what comes later is seldom near to the query, and an engine of keywords weighs it like the rest.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxAdded
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxAdded));
            field = value;
        }
    } = 10;

    /// <summary>Gets or sets the least weight of a word that is added, in the units of the model's vectors.</summary>
    /// <value>At least 0. The default is 0: any weight.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not a number.</exception>
    public float MinWeight
    {
        get;
        set => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MinWeight), value, "Expected a weight of at least 0.");
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public KeywordExpansionOptions Clone() => (KeywordExpansionOptions)MemberwiseClone();
}
