using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Payload;

/// <summary>Metadata in a payload, twice: as it is, to be given back, and by kinds, to be asked for.</summary>
internal static class MetadataPayload
{
    private static readonly JsonTypeInfo<IReadOnlyDictionary<string, MetadataValue>> Json =
        (JsonTypeInfo<IReadOnlyDictionary<string, MetadataValue>>)SpladeJsonUtilities.CompactOptions
            .GetTypeInfo(typeof(IReadOnlyDictionary<string, MetadataValue>));

    /// <exception cref="ArgumentException">A text is not valid UTF-16.</exception>
    public static string Write(IReadOnlyDictionary<string, MetadataValue> metadata)
    {
        foreach ((string name, MetadataValue value) in metadata)
        {
            PayloadText.Require(name, "a name of its metadata");
            foreach (MetadataValue item in ItemsOf(value).Where(item => item.Kind == MetadataKind.Text))
            {
                PayloadText.Require(item.AsString(), $"its metadata '{name}'");
            }
        }

        return JsonSerializer.Serialize(metadata, Json);
    }

    /// <exception cref="JsonException">It is no metadata.</exception>
    public static IReadOnlyDictionary<string, MetadataValue> Read(string text) =>
        JsonSerializer.Deserialize(text, Json) ?? throw new JsonException("Found null.");

    /// <summary>The same as filters look at it; null for none.</summary>
    public static Value? WriteForFilters(IReadOnlyDictionary<string, MetadataValue> metadata)
    {
        if (metadata.Count == 0)
        {
            return null;
        }

        var names = new ListValue();
        var kinds = new Struct();
        foreach ((string name, MetadataValue value) in metadata)
        {
            names.Values.Add(new Value { StringValue = name });
            foreach (IGrouping<MetadataKind, MetadataValue> same in ItemsOf(value).GroupBy(item => item.Kind))
            {
                string kind = PayloadNames.NameOf(same.Key);
                if (!kinds.Fields.TryGetValue(kind, out Value? fields))
                {
                    kinds.Fields[kind] = fields = new Value { StructValue = new Struct() };
                }

                fields.StructValue.Fields[PayloadNames.Encode(name)] = new Value { ListValue = new ListValue { Values = { same.Select(Of) } } };
            }
        }

        kinds.Fields[PayloadNames.Fields] = new Value { ListValue = names };
        return new Value { StructValue = kinds };
    }

    public static IEnumerable<MetadataValue> ItemsOf(MetadataValue value) => value.Kind == MetadataKind.List ? value.AsList() : [value];

    private static Value Of(MetadataValue item) => item.Kind switch
    {
        MetadataKind.Text => new Value { StringValue = item.AsString() },
        MetadataKind.Number => new Value { DoubleValue = item.AsNumber() },
        MetadataKind.Boolean => new Value { BoolValue = item.AsBoolean() },
        _ => new Value { StringValue = PayloadDate.Write(item.AsDate()) },
    };
}
