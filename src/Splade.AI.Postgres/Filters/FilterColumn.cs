using System.Text;
using System.Text.Json;
using Splade.AI.Hybrid;

namespace Splade.AI.Postgres.Filters;

/// <summary>
/// Metadata as filters look at it: <c>{"year":{"n":[2003]},"tags":{"t":["a","b"],"l":true}}</c>, the values of a field by their kinds, so that 2003 is not
/// "2003" and a list matches by its items. Dates are ticks of UTC, which JSON's numbers hold exactly.
/// </summary>
internal static class FilterColumn
{
    /// <summary>Where it stands that a field is a list, which is not sorted by.</summary>
    public const string List = "l";

    /// <summary>The metadata of a record.</summary>
    public static string Of(IReadOnlyDictionary<string, MetadataValue> metadata) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, MetadataValue value) in metadata)
        {
            writer.WriteStartObject(name);
            IReadOnlyList<MetadataValue> items = value.Kind == MetadataKind.List ? value.AsList() : [value];
            foreach (IGrouping<MetadataKind, MetadataValue> kind in items.GroupBy(item => item.Kind))
            {
                writer.WriteStartArray(NameOf(kind.Key));
                foreach (MetadataValue item in kind)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
            }

            if (value.Kind == MetadataKind.List)
            {
                writer.WriteBoolean(List, true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    /// <summary>What a record holds whose field is a value, or lists it.</summary>
    public static string Of(string field, MetadataValue value) => Of(new Dictionary<string, MetadataValue> { [field] = value });

    /// <summary>An object of some values by their names.</summary>
    public static string Variables(params IEnumerable<(string Name, MetadataValue Value)> values) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, MetadataValue value) in values)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    });

    /// <summary>The letter of a kind.</summary>
    public static string NameOf(MetadataKind kind) => kind switch
    {
        MetadataKind.Text => "t",
        MetadataKind.Number => "n",
        MetadataKind.Boolean => "b",
        _ => "d",
    };

    private static void WriteValue(Utf8JsonWriter writer, MetadataValue value)
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
            default:
                writer.WriteNumberValue(value.AsDate().UtcTicks);
                break;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
