using Splade.AI.Hybrid.Filtering;

namespace Splade.AI.Hybrid;

/// <summary>Values between two bounds of one kind: strings by ordinal, numbers, or dates. Immutable.</summary>
internal sealed record MetadataRange
{
    internal MetadataRange(MetadataValue? low, bool lowIncluded, MetadataValue? high, bool highIncluded)
    {
        Low = Check(low);
        LowIncluded = lowIncluded;
        High = Check(high);
        HighIncluded = highIncluded;
        if (low is not null && high is not null && low.Kind != high.Kind)
        {
            throw new ArgumentException(
                $"Found a range from {low.ToQuotedString()} ({low.Kind}) to {high.ToQuotedString()} ({high.Kind}), expected bounds of one kind.", nameof(high));
        }
    }

    /// <summary>The lower bound; null if there is none.</summary>
    public MetadataValue? Low { get; }

    /// <summary>Whether the lower bound itself is within.</summary>
    public bool LowIncluded { get; }

    /// <summary>The upper bound; null if there is none.</summary>
    public MetadataValue? High { get; }

    /// <summary>Whether the upper bound itself is within.</summary>
    public bool HighIncluded { get; }

    /// <summary>The kind of the values within.</summary>
    public MetadataKind Kind => (Low ?? High)!.Kind;

    /// <summary>Whether a value is within: of the same kind, and between the bounds.</summary>
    public bool Contains(MetadataValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind == Kind
            && (Low is null || MetadataOrder.Compare(value, Low) >= (LowIncluded ? 0 : 1))
            && (High is null || MetadataOrder.Compare(value, High) <= (HighIncluded ? 0 : -1));
    }

    private static MetadataValue? Check(MetadataValue? bound) => bound is null or { Kind: MetadataKind.Text or MetadataKind.Number or MetadataKind.Date }
        ? bound
        : throw new ArgumentException($"Found the bound {bound.ToQuotedString()} ({bound.Kind}), expected a string, a number or a date.", nameof(bound));
}
