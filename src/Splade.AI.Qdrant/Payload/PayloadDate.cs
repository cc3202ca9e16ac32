using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Splade.AI.Qdrant.Payload;

/// <summary>Dates as Qdrant compares them, in microseconds: what is finer is cut off, in records and in filters alike.</summary>
internal static class PayloadDate
{
    public static readonly TimeSpan Precision = TimeSpan.FromMicroseconds(1);

    public static string Write(DateTimeOffset date) => Cut(date).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    public static Timestamp Of(DateTimeOffset date) => Timestamp.FromDateTime(Cut(date));

    private static DateTime Cut(DateTimeOffset date) => new(date.UtcTicks - (date.UtcTicks % Precision.Ticks), DateTimeKind.Utc);
}
