using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Vectors.Files;

/// <summary>An id that other programs may have written as a number: read as the text of it.</summary>
internal sealed class VectorIdConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when !reader.HasValueSequence => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException("Expected an id that is a text or a number."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(StrictUtf8.Encoding.GetBytes(value));
}
