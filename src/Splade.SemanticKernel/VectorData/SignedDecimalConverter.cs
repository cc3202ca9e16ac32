using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Decimals in JSON with all their bits: digits behind the point, and the sign of a zero, which JSON's own writer and reader drop.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class SignedDecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        decimal value = reader.GetDecimal();
        return value == 0 && !decimal.IsNegative(value) && reader.ValueSpan is [(byte)'-', ..] ? decimal.Negate(value) : value;
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        if (value == 0 && decimal.IsNegative(value))
        {
            writer.WriteRawValue($"-{decimal.Negate(value).ToString(CultureInfo.InvariantCulture)}");
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}
