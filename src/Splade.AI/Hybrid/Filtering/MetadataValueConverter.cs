using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Hybrid.Filtering;

/// <summary>Metadata as JSON has it; a date is an object with the property <c>date</c>. Immutable; safe for concurrent use.</summary>
internal sealed class MetadataValueConverter : JsonConverter<MetadataValue>
{
    private const string Date = "date";

    /// <exception cref="JsonException">There is no such value. The serializer adds the path.</exception>
    public override MetadataValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadValue(ref reader);

    public override void Write(Utf8JsonWriter writer, MetadataValue value, JsonSerializerOptions options) => WriteValue(writer, value);

    public static MetadataValue ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartArray ? ReadList(ref reader) : ReadScalar(ref reader);

    public static void WriteValue(Utf8JsonWriter writer, MetadataValue value)
    {
        switch (value.Kind)
        {
            case MetadataKind.Text:
                writer.WriteStringValue(value.AsString());
                break;
            case MetadataKind.Number:
                writer.WriteNumberValue(value.AsNumber());
                break;
            case MetadataKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case MetadataKind.Date:
                writer.WriteStartObject();
                writer.WriteString(Date, MetadataValue.DateText(value.AsDate()));
                writer.WriteEndObject();
                break;
            default:
                writer.WriteStartArray();
                foreach (MetadataValue item in value.Items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
        }
    }

    private static MetadataValue ReadList(ref Utf8JsonReader reader)
    {
        var items = new List<MetadataValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadScalar(ref reader));
        }

        return MetadataValue.FromList(items);
    }

    private static MetadataValue ReadScalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.StartObject => ReadDate(ref reader),
        _ => throw new JsonException($"Found {reader.TokenType} for a value of metadata, expected a string, a number, a boolean, a date or a list of these."),
    };

    // A whole number that a double does not have is refused rather than rounded, however long it is.
    private static MetadataValue ReadNumber(ref Utf8JsonReader reader)
    {
        try
        {
            ReadOnlySpan<byte> digits = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
            return digits.ContainsAny(".eE"u8) ? MetadataValue.FromDouble(reader.GetDouble())
                : reader.TryGetInt64(out long whole) ? MetadataValue.FromInt64(whole)
                : throw new JsonException($"The number {Encoding.UTF8.GetString(digits)} is no value of metadata: {MetadataValue.ExpectedWhole}");
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new JsonException($"The number is no value of metadata: {e.Message}", e);
        }
    }

    private static MetadataValue ReadDate(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(Date))
        {
            throw new JsonException("Found an object that is no date, expected {\"date\":\"2024-05-01T00:00:00+00:00\"}. Metadata has no other objects.");
        }

        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

        // The reader knows ISO 8601 only; the other one would take times of today too, but knows of the offset that is not there.
        DateTimeOffset date = default;
        bool isDate = text is not null && reader.TryGetDateTime(out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
        if (!isDate)
        {
            throw new JsonException($"Found '{text ?? reader.TokenType.ToString()}' for a date, expected ISO 8601 such as 2024-05-01T00:00:00+00:00.");
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? date
            : throw new JsonException("Found more than 'date' in the object of a date.");
    }
}
