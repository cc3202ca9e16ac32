using System.Buffers.Binary;
using System.Collections;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Values of data properties in the form that filters compare, in which they have the same order and the same equality.</summary>
/// <remarks>
/// What a <see cref="MetadataKind.Number"/>, a double, does not have exactly becomes sixteen hexadecimal digits, whose ordinal order is that of the
/// values. Decimals have no such form. Not a number has a place of its own, which equals nothing that filters ask for and is in no range.
/// </remarks>
internal static class FilterValue
{
    private static readonly MetadataValue NotANumber = MetadataValue.FromBoolean(false);

    /// <summary>Whether conditions on properties of a type, or on the items of its lists, can be put to the store.</summary>
    public static bool Knows(Type type) => (Nullable.GetUnderlyingType(type) ?? DataValues.ItemTypeOf(type) ?? type) != typeof(decimal);

    /// <summary>Whether values of a type have an order that filters share.</summary>
    public static bool HasOrder(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is Type known && known != typeof(string) && known != typeof(bool) && known != typeof(Guid);

    /// <summary>The form of a property's value, which is not null.</summary>
    public static MetadataValue Of(object value) => value is IEnumerable items and not string
        ? MetadataValue.FromList(items.Cast<object?>().Where(item => item is not null).Select(item => OfItem(item!)))
        : OfItem(value);

    /// <summary>The form of what a filter compares with; null if it has none.</summary>
    public static MetadataValue? OfConstant(object value) =>
        value is float.NaN or double.NaN or decimal || !DataValues.IsSupported(value.GetType()) ? null : OfItem(value);

    private static MetadataValue OfItem(object value) => value switch
    {
        string text => text,
        bool truth => truth,
        byte number => (double)number,
        short number => (double)number,
        int number => (double)number,
        long number => Ordered(number),
        float.NaN or double.NaN => NotANumber,
        float number => Ordered((double)number),
        double number => Ordered(number),
        Guid guid => guid.ToString("N"),
        DateTime date => Ordered(Instants.Of(date).Ticks),
        DateTimeOffset date => date,
        DateOnly date => (double)date.DayNumber,
        TimeOnly time => (double)time.Ticks,
        _ => throw new NotSupportedException($"Found a value of type {value.GetType().Name}, expected one of {DataValues.SupportedTypes}."),
    };

    // The sign bit turned round, negative numbers come first.
    private static MetadataValue Ordered(long number) => Digits((ulong)number ^ (1UL << 63));

    // The bits of floating point numbers are ordered as their magnitudes are; those below zero run backwards. Minus zero is zero.
    private static MetadataValue Ordered(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number + 0.0);
        return Digits(bits < 0 ? ~(ulong)bits : (ulong)bits | (1UL << 63));
    }

    private static MetadataValue Digits(ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return Convert.ToHexString(bytes);
    }
}
