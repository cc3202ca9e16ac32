using System.Globalization;

namespace Splade.AI.Hybrid;

/// <content>Values of plain types.</content>
public sealed partial class MetadataValue
{
    /// <summary>The largest whole number below which a double has them all.</summary>
    private const long MostExact = 1L << 53;

    /// <summary>What is said of a whole number that is too large.</summary>
    internal const string ExpectedWhole =
        "Expected a number that a double has exactly, from -2^53 to 2^53. Keep larger ones, such as ids, as strings.";

    /// <summary>A string.</summary>
    public static implicit operator MetadataValue(string value) => FromString(value);

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static implicit operator MetadataValue(double value) => FromDouble(value);

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too large for a double to have it exactly.</exception>
    public static implicit operator MetadataValue(long value) => FromInt64(value);

    /// <summary>A whole number.</summary>
    public static implicit operator MetadataValue(uint value) => FromUInt32(value);

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too large for a double to have it exactly.</exception>
    public static implicit operator MetadataValue(ulong value) => FromUInt64(value);

    /// <summary>A truth value.</summary>
    public static implicit operator MetadataValue(bool value) => FromBoolean(value);

    /// <summary>A date.</summary>
    public static implicit operator MetadataValue(DateTimeOffset value) => FromDateTimeOffset(value);

    /// <summary>A list of strings.</summary>
    public static implicit operator MetadataValue(string[] value) => FromStrings(value);

    /// <summary>A list of numbers.</summary>
    public static implicit operator MetadataValue(double[] value) => FromDoubles(value);

    /// <summary>A list of whole numbers.</summary>
    public static implicit operator MetadataValue(int[] value) => FromInt32s(value);

    /// <summary>A string.</summary>
    public static MetadataValue FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MetadataValue(MetadataKind.Text, value);
    }

    /// <summary>A number. Minus zero becomes zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static MetadataValue FromDouble(double value) => double.IsFinite(value)
        ? new MetadataValue(MetadataKind.Number, value + 0.0)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number. Leave out what is not known.");

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too large for a double to have it exactly.</exception>
    public static MetadataValue FromInt64(long value) => value is >= -MostExact and <= MostExact
        ? new MetadataValue(MetadataKind.Number, (double)value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, ExpectedWhole);

    /// <summary>A whole number.</summary>
    public static MetadataValue FromUInt32(uint value) => FromInt64(value);

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too large for a double to have it exactly.</exception>
    public static MetadataValue FromUInt64(ulong value) => value <= MostExact
        ? FromInt64((long)value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, ExpectedWhole);

    /// <summary>A truth value.</summary>
    public static MetadataValue FromBoolean(bool value) => new(MetadataKind.Boolean, value);

    /// <summary>A date.</summary>
    public static MetadataValue FromDateTimeOffset(DateTimeOffset value) => new(MetadataKind.Date, value);

    /// <summary>A list of strings.</summary>
    /// <exception cref="ArgumentException">One is null.</exception>
    public static MetadataValue FromStrings(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromList(values.Select(value => value is null ? null! : FromString(value)));
    }

    /// <summary>A list of numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public static MetadataValue FromDoubles(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromList(values.Select(FromDouble));
    }

    /// <summary>A list of whole numbers.</summary>
    public static MetadataValue FromInt32s(IEnumerable<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromList(values.Select(value => FromInt64(value)));
    }

    /// <summary>A list of values of any kinds but lists. It may be empty.</summary>
    /// <exception cref="ArgumentException">An item is null or a list.</exception>
    public static MetadataValue FromList(IEnumerable<MetadataValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        MetadataValue[] items = [.. values];
        int wrong = Array.FindIndex(items, item => item is null or { Kind: MetadataKind.List });
        return wrong < 0 ? new MetadataValue(MetadataKind.List, items) : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The item at position {wrong} is {(items[wrong] is null ? "null" : "a list")}, ")
            + "expected a string, a number, a boolean or a date.",
            nameof(values));
    }
}
