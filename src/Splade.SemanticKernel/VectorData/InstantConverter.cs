using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Times in JSON: those of the kind Local in UTC, and what has an offset is read so. Immutable; safe for concurrent use.</summary>
internal sealed class InstantConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Instants.Of(reader.GetDateTime());

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(Instants.Of(value));
}
