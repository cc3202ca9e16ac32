using System.Buffers.Binary;
using Splade.AI.Hybrid.Filtering;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Single values of metadata as bytes: the kind, then the value. An empty list, which has no items to stand for it, is one too.</summary>
/// <remarks>
/// In the order of <see cref="MetadataOrder"/>. Dates are ticks of universal time and minutes of their offset; those of one point in time with
/// several offsets are several values, side by side.
/// </remarks>
internal static class StoredValue
{
    private const int DateSize = sizeof(byte) + sizeof(long) + sizeof(short);

    public static MetadataValue EmptyList { get; } = MetadataValue.FromList([]);

    /// <summary>The order of values, and after it that of offsets.</summary>
    public static IComparer<MetadataValue> Order { get; } = Comparer<MetadataValue>.Create(static (left, right) =>
        MetadataOrder.Compare(left, right) is int order and not 0 ? order : OffsetOf(left).CompareTo(OffsetOf(right)));

    public static int Length(MetadataValue value) => value.Kind switch
    {
        MetadataKind.Text => sizeof(byte) + StoredText.Length(value.AsString()),
        MetadataKind.Number => sizeof(byte) + sizeof(double),
        MetadataKind.Boolean => sizeof(byte) + sizeof(byte),
        MetadataKind.Date => DateSize,
        _ => sizeof(byte),
    };

    /// <param name="value">The value.</param>
    /// <param name="bytes">Receives it; exactly as long as <see cref="Length"/> says.</param>
    public static void Write(MetadataValue value, Span<byte> bytes)
    {
        bytes[0] = (byte)value.Kind;
        Span<byte> rest = bytes[1..];
        switch (value.Kind)
        {
            case MetadataKind.Text:
                StoredText.Write(value.AsString(), rest);
                break;
            case MetadataKind.Number:
                BinaryPrimitives.WriteDoubleLittleEndian(rest, value.AsNumber());
                break;
            case MetadataKind.Boolean:
                rest[0] = value.AsBoolean() ? (byte)1 : (byte)0;
                break;
            case MetadataKind.Date:
                BinaryPrimitives.WriteInt64LittleEndian(rest, value.AsDate().UtcTicks);
                BinaryPrimitives.WriteInt16LittleEndian(rest[sizeof(long)..], OffsetOf(value));
                break;
        }
    }

    public static MetadataValue Read(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = bytes[1..];
        return (MetadataKind)bytes[0] switch
        {
            MetadataKind.Text => StoredText.Read(rest),
            MetadataKind.Number => BinaryPrimitives.ReadDoubleLittleEndian(rest),
            MetadataKind.Boolean => rest[0] != 0,
            MetadataKind.Date => ReadDate(rest),
            _ => EmptyList,
        };
    }

    private static MetadataValue ReadDate(ReadOnlySpan<byte> bytes)
    {
        var universal = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes), TimeSpan.Zero);
        return universal.ToOffset(TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(bytes[sizeof(long)..])));
    }

    private static short OffsetOf(MetadataValue value) => value.Kind == MetadataKind.Date ? (short)value.AsDate().TotalOffsetMinutes : (short)0;
}
