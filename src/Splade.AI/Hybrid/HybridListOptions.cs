namespace Splade.AI.Hybrid;

/// <summary>Provides the options of listing the records of a store, which reads them when it begins: which ones, and in which order.</summary>
public sealed class HybridListOptions
{
    /// <summary>Gets or sets the filter of the records that are listed.</summary>
    /// <value>The default is null, for all.</value>
    public MetadataFilter? Filter { get; set; }

    /// <summary>
    /// Gets or sets what they are sorted by, first by the first field. Values of one kind stand together: strings, by ordinal, then numbers, booleans and
    /// dates. Records without the field, or with a list in it, come last, also in descending order. What is equal stays in the order of insertion.
    /// </summary>
    /// <value>The default is none: the order of insertion, in which an upsert counts as one.</value>
    /// <exception cref="ArgumentException">A field has no name.</exception>
    public IReadOnlyList<MetadataSort> Sort
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Sort));
            field = value.All(sort => !string.IsNullOrEmpty(sort.Field)) ? [.. value] : throw new ArgumentException("A field has no name.", nameof(Sort));
        }
    }
    = [];

    /// <summary>Gets or sets which parts of the records are read.</summary>
    /// <value>The default is <see cref="HybridRecordParts.All"/>.</value>
    public HybridRecordParts Parts { get; set; } = HybridRecordParts.All;

    /// <summary>Gets or sets the id of the record after which the listing begins: that of the last record of the page before.</summary>
    /// <remarks>
    /// Quicker than <see cref="Skip"/> in a store of many records, and what others take out meanwhile moves nothing. A record that is put in again moves to the
    /// end of the order of insertion: it is listed again there, and pages after one that has moved itself leave out what was between. Where others write, keep to
    /// one enumeration.
    /// </remarks>
    /// <value>The default is null, for the beginning. With <see cref="Sort"/> it is refused.</value>
    public string? After { get; set; }

    /// <summary>Gets or sets how many of the first records are left out.</summary>
    /// <value>At least 0, which is the default.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int Skip
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Skip));
            field = value;
        }
    }

    /// <summary>Gets or sets how many records at most.</summary>
    /// <value>At least 1. The default is null, for all.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Top));
            field = value;
        }
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public HybridListOptions Clone() => (HybridListOptions)MemberwiseClone();
}
