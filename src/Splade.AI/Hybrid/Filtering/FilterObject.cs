using System.Text.Json;

namespace Splade.AI.Hybrid.Filtering;

/// <summary>A filter's object as it is read: its properties, before they have to make sense together.</summary>
internal sealed class FilterObject
{
    private const string Expected = "a 'field' with one of 'eq', 'in', 'exists' or with bounds ('gte' or 'gt', 'lte' or 'lt'), or one of 'all', 'any', 'not'";

    private readonly Dictionary<string, MetadataValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FilterObject>> _parts = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">There is no object, or it has a property that filters do not have, or has one twice.</exception>
    public static FilterObject Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"Found {reader.TokenType} for a filter, expected an object with {Expected}.");
        }

        var read = new FilterObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (!read.Add(name, ref reader))
            {
                throw new JsonException($"Found '{name}' twice in a filter. To ask two things of a field, put two filters into 'all'.");
            }
        }

        return read;
    }

    /// <exception cref="JsonException">The properties do not go together.</exception>
    /// <exception cref="ArgumentException">A value is of a wrong kind.</exception>
    public MetadataFilter ToFilter()
    {
        if (!_values.Remove(FilterNames.Field, out MetadataValue? field))
        {
            return _values.Count == 0 && _parts.Count == 1 ? Combined(_parts.Single()) : throw Wrong();
        }

        if (field.Kind != MetadataKind.Text || _parts.Count > 0)
        {
            throw Wrong();
        }

        return _values.Count == 1 && Single(field.AsString(), _values.Single()) is MetadataFilter single ? single : InRange(field.AsString());
    }

    private static MetadataFilter Combined(KeyValuePair<string, List<FilterObject>> parts) => parts.Key switch
    {
        FilterNames.All => MetadataFilter.All(parts.Value.Select(part => part.ToFilter())),
        FilterNames.Any => MetadataFilter.Any(parts.Value.Select(part => part.ToFilter())),
        _ => MetadataFilter.Not(parts.Value[0].ToFilter()),
    };

    private static MetadataFilter? Single(string field, KeyValuePair<string, MetadataValue> asked) => asked switch
    {
        (FilterNames.Equal, MetadataValue value) => MetadataFilter.Equal(field, value),
        (FilterNames.In, { Kind: MetadataKind.List } list) => MetadataFilter.In(field, list.Items),
        (FilterNames.Exists, { Kind: MetadataKind.Boolean } exists) => exists.AsBoolean() ? MetadataFilter.Exists(field) : !MetadataFilter.Exists(field),
        _ => null,
    };

    private MetadataFilter InRange(string field)
    {
        MetadataValue? gte = Take(FilterNames.AtLeast), gt = Take(FilterNames.Above), lte = Take(FilterNames.AtMost), lt = Take(FilterNames.Below);
        bool hasBounds = (gte ?? gt ?? lte ?? lt) is not null;
        bool isClear = (gte is null || gt is null) && (lte is null || lt is null);
        return hasBounds && isClear && _values.Count == 0 ? MetadataFilter.InRange(field, gte, gt, lte, lt) : throw Wrong();
    }

    private MetadataValue? Take(string name) => _values.Remove(name, out MetadataValue? value) ? value : null;

    private bool Add(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case FilterNames.All or FilterNames.Any:
                return _parts.TryAdd(name, ReadParts(name, ref reader));
            case FilterNames.Not:
                return _parts.TryAdd(name, [Read(ref reader)]);
            case FilterNames.Field or FilterNames.Equal or FilterNames.In or FilterNames.Exists
                or FilterNames.AtLeast or FilterNames.Above or FilterNames.AtMost or FilterNames.Below:
                return _values.TryAdd(name, MetadataValueConverter.ReadValue(ref reader));
            default:
                throw new JsonException($"Found '{name}' in a filter, expected {Expected}.");
        }
    }

    private static List<FilterObject> ReadParts(string name, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"Found {reader.TokenType} for '{name}', expected a list of filters.");
        }

        var parts = new List<FilterObject>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            parts.Add(Read(ref reader));
        }

        return parts;
    }

    private static JsonException Wrong() => new($"The properties of a filter do not go together, expected {Expected}.");
}
