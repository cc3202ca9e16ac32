using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Hybrid.Filtering;

/// <summary>Filters as JSON: one object for each, with the field and what is asked of it, or with the filters that it is made of.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class MetadataFilterConverter : JsonConverter<MetadataFilter>
{
    /// <exception cref="JsonException">There is no filter. The serializer adds the path.</exception>
    public override MetadataFilter Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return FilterObject.Read(ref reader).ToFilter();
        }
        catch (ArgumentException e)
        {
            throw new JsonException($"The object is no filter: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, MetadataFilter value, JsonSerializerOptions options) => Write(writer, value);

    private static void Write(Utf8JsonWriter writer, MetadataFilter filter)
    {
        writer.WriteStartObject();
        if (filter.Field is not null)
        {
            writer.WriteString(FilterNames.Field, filter.Field);
        }

        switch (filter.Kind)
        {
            case MetadataFilterKind.In when filter.Values is [MetadataValue only]:
                WriteValue(writer, FilterNames.Equal, only);
                break;
            case MetadataFilterKind.In:
                WriteValue(writer, FilterNames.In, MetadataValue.FromList(filter.Values));
                break;
            case MetadataFilterKind.Range:
                WriteBounds(writer, filter.Range!);
                break;
            case MetadataFilterKind.Exists:
                writer.WriteBoolean(FilterNames.Exists, true);
                break;
            case MetadataFilterKind.Not:
                writer.WritePropertyName(FilterNames.Not);
                Write(writer, filter.Parts[0]);
                break;
            default:
                WriteParts(writer, filter);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter writer, MetadataRange range)
    {
        if (range.Low is not null)
        {
            WriteValue(writer, range.LowIncluded ? FilterNames.AtLeast : FilterNames.Above, range.Low);
        }

        if (range.High is not null)
        {
            WriteValue(writer, range.HighIncluded ? FilterNames.AtMost : FilterNames.Below, range.High);
        }
    }

    private static void WriteParts(Utf8JsonWriter writer, MetadataFilter filter)
    {
        writer.WriteStartArray(filter.Kind == MetadataFilterKind.All ? FilterNames.All : FilterNames.Any);
        foreach (MetadataFilter part in filter.Parts)
        {
            Write(writer, part);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, MetadataValue value)
    {
        writer.WritePropertyName(name);
        MetadataValueConverter.WriteValue(writer, value);
    }
}
