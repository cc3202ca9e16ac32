namespace Splade.AI.Hybrid;

/// <content>Ways to make a filter.</content>
public sealed partial class MetadataFilter
{
    /// <summary>Records both filters match.</summary>
    public static MetadataFilter operator &(MetadataFilter left, MetadataFilter right) => All(left, right);

    /// <summary>Records at least one of the filters matches.</summary>
    public static MetadataFilter operator |(MetadataFilter left, MetadataFilter right) => Any(left, right);

    /// <summary>Records that the filter does not match.</summary>
    public static MetadataFilter operator !(MetadataFilter filter) => Not(filter);

    /// <summary>The field is the value, or lists it.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the value a list.</exception>
    public static MetadataFilter Equal(string field, MetadataValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind != MetadataKind.List ? In(field, value) : throw new ArgumentException(
            $"Found the list [{value}] to compare '{field}' with, expected a single value. A field that is a list matches where one of its items does: "
            + $"ask with {nameof(In)} for any of several items, and with {nameof(All)} and {nameof(Equal)} for all of them.",
            nameof(value));
    }

    /// <summary>The field is one of the values, or lists one of them. Without values nothing matches.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="values">The values. Of a list each item counts.</param>
    /// <exception cref="ArgumentException">The name is empty, or a value is null.</exception>
    public static MetadataFilter In(string field, params IEnumerable<MetadataValue> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(values);
        MetadataValue[] all = [.. values];
        return Array.IndexOf(all, null) < 0
            ? new MetadataFilter(MetadataFilterKind.In) { Field = field, Values = Array.AsReadOnly([.. all.SelectMany(value => value.Items)]) }
            : throw new ArgumentException($"The value at position {Array.IndexOf(all, null)} is null.", nameof(values));
    }

    /// <summary>The field is this or more: a number, a date or a string, of the same kind.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the bound of another kind.</exception>
    public static MetadataFilter AtLeast(string field, MetadataValue bound) => InRange(field, gte: Check(bound));

    /// <summary>The field is more than this: a number, a date or a string, of the same kind.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the bound of another kind.</exception>
    public static MetadataFilter Above(string field, MetadataValue bound) => InRange(field, gt: Check(bound));

    /// <summary>The field is this or less: a number, a date or a string, of the same kind.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the bound of another kind.</exception>
    public static MetadataFilter AtMost(string field, MetadataValue bound) => InRange(field, lte: Check(bound));

    /// <summary>The field is less than this: a number, a date or a string, of the same kind.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the bound of another kind.</exception>
    public static MetadataFilter Below(string field, MetadataValue bound) => InRange(field, lt: Check(bound));

    /// <summary>The field, or one item of its list, is between two bounds or one of them. Nothing is where the lower bound is the higher one.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the bounds are of two kinds, or of one that has no order.</exception>
    public static MetadataFilter Between(string field, MetadataValue low, MetadataValue high) => InRange(field, gte: Check(low), lte: Check(high));

    /// <summary>There is the field, whatever it is.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static MetadataFilter Exists(string field) => new(MetadataFilterKind.Exists) { Field = Check(field) };

    /// <summary>All of the filters match. Without filters every record does.</summary>
    /// <exception cref="ArgumentException">A filter is null.</exception>
    public static MetadataFilter All(params IEnumerable<MetadataFilter> filters) => Combine(MetadataFilterKind.All, filters);

    /// <summary>At least one of the filters matches. Without filters no record does.</summary>
    /// <exception cref="ArgumentException">A filter is null.</exception>
    public static MetadataFilter Any(params IEnumerable<MetadataFilter> filters) => Combine(MetadataFilterKind.Any, filters);

    /// <summary>The filter does not match.</summary>
    public static MetadataFilter Not(MetadataFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new MetadataFilter(MetadataFilterKind.Not) { Parts = [filter] };
    }

    /// <summary>A range by its bounds, of which there is at least one and not two of a side.</summary>
    internal static MetadataFilter InRange(
        string field, MetadataValue? gte = null, MetadataValue? gt = null, MetadataValue? lte = null, MetadataValue? lt = null) =>
        new(MetadataFilterKind.Range) { Field = Check(field), Range = new MetadataRange(gte ?? gt, gte is not null, lte ?? lt, lte is not null) };

    private static MetadataFilter Combine(MetadataFilterKind kind, IEnumerable<MetadataFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        var parts = new List<MetadataFilter>();
        foreach (MetadataFilter part in filters)
        {
            // What a chain of operators makes stays flat.
            parts.AddRange(part is null ? throw new ArgumentException($"The filter at position {parts.Count} is null.", nameof(filters))
                : part.Kind == kind ? part.Parts : [part]);
        }

        return new MetadataFilter(kind) { Parts = parts.AsReadOnly() };
    }

    private static string Check(string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        return field;
    }

    private static MetadataValue Check(MetadataValue bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return bound;
    }
}
