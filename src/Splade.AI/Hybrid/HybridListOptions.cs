namespace Splade.AI.Hybrid;

/// <summary>Which records of a store are listed, and in which order. Immutable.</summary>
public sealed class HybridListOptions
{
    /// <summary>Which records.</summary>
    /// <value>The default is null, for all.</value>
    public MetadataFilter? Filter { get; init; }

    /// <summary>
    /// By what they are sorted, first by the first field. Values of one kind stand together: strings, by ordinal, then numbers, booleans and
    /// dates. Records without the field, or with a list in it, come last, also in descending order. What is equal stays in the order of insertion.
    /// </summary>
    /// <value>The default is none: the order of insertion, in which an upsert counts as one.</value>
    /// <exception cref="ArgumentException">A field has no name.</exception>
    public IReadOnlyList<MetadataSort> Sort
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Sort));
            field = value.All(sort => !string.IsNullOrEmpty(sort.Field)) ? [.. value] : throw new ArgumentException("A field has no name.", nameof(Sort));
        }
    }
    = [];

    /// <summary>How many of the first records are left out.</summary>
    /// <value>At least 0, which is the default.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int Skip
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Skip));
            field = value;
        }
    }

    /// <summary>How many records at most.</summary>
    /// <value>At least 1. The default is null, for all.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Top
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Top));
            field = value;
        }
    }
}
