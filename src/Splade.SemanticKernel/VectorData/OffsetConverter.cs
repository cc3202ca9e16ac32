using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.SemanticKernel.VectorData;

/// <summary>
/// Times with offsets in JSON. One without, which a property of another type has left, is taken for UTC and not for that of the reader's time zone.
/// Immutable; safe for concurrent use.
/// </summary>
internal sealed class OffsetConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTime() is { Kind: DateTimeKind.Unspecified } time ? new DateTimeOffset(time, TimeSpan.Zero) : reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
