using System.Globalization;
using System.Text.Json.Serialization;
using Splade.AI.Hybrid.Filtering;

namespace Splade.AI.Hybrid;

/// <summary>Describes what is known of a record under one name: a string, a number, a boolean, a date, or a list of these.</summary>
/// <remarks>
/// <para>
/// Made of plain values by conversion: <c>["year"] = 2024, ["lang"] = "en", ["tags"] = new[] { "a", "b" }</c>. Two are equal if they are of one
/// kind and equal in it. Immutable; safe for concurrent use.
/// </para>
/// <para>
/// In JSON (<see cref="SpladeJsonUtilities.DefaultOptions"/>) they are what JSON has, and a date is <c>{"date":"2024-05-01T00:00:00+00:00"}</c>, so
/// that a string that looks like one stays a string.
/// </para>
/// </remarks>
[JsonConverter(typeof(MetadataValueConverter))]
public sealed partial class MetadataValue : IEquatable<MetadataValue>
{
    private readonly object _value;

    private MetadataValue(MetadataKind kind, object value)
    {
        Kind = kind;
        _value = value;
    }

    /// <summary>Gets what it is.</summary>
    public MetadataKind Kind { get; }

    /// <summary>The string.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public string AsString() => (string)Require(MetadataKind.Text);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public double AsNumber() => (double)Require(MetadataKind.Number);

    /// <summary>The truth value.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public bool AsBoolean() => (bool)Require(MetadataKind.Boolean);

    /// <summary>The date, with the offset that it was given with.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public DateTimeOffset AsDate() => (DateTimeOffset)Require(MetadataKind.Date);

    /// <summary>The list's items, in order; none of them is a list.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public IReadOnlyList<MetadataValue> AsList() => Array.AsReadOnly((MetadataValue[])Require(MetadataKind.List));

    /// <summary>Determines whether two are equal, or both are missing.</summary>
    public static bool operator ==(MetadataValue? left, MetadataValue? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Determines whether two are not equal.</summary>
    public static bool operator !=(MetadataValue? left, MetadataValue? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(MetadataValue? other) => other is not null && MetadataOrder.Compare(this, other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetadataValue);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        foreach (MetadataValue item in Items)
        {
            hash.Add(item._value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The value as text of the invariant culture: a string as it is, a date in ISO 8601, a list as <c>a, b</c>.</summary>
    public override string ToString() => _value switch
    {
        string text => text,
        double number => number.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        DateTimeOffset date => DateText(date),
        _ => string.Join(", ", Items.Select(item => item.ToString())),
    };

    /// <summary>Itself, or what it lists: what a filter looks at.</summary>
    internal MetadataValue[] Items => _value as MetadataValue[] ?? [this];

    /// <summary>The value as it stands in a filter: strings in quotation marks.</summary>
    internal string ToQuotedString() => _value switch
    {
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        _ => ToString(),
    };

    /// <summary>A date in ISO 8601, as long as it has to be.</summary>
    internal static string DateText(DateTimeOffset date) =>
        date.ToString(date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:sszzz" : "O", CultureInfo.InvariantCulture);

    private object Require(MetadataKind kind) => Kind == kind
        ? _value
        : throw new InvalidOperationException($"Found a value of the kind {Kind} ({ToQuotedString()}), expected {kind}. Look at {nameof(Kind)} first.");
}
