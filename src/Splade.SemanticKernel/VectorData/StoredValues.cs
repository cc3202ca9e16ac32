using System.Text.Json;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Values of properties as rows have them.</summary>
internal static class StoredValues
{
    /// <summary>How much of a value is told where it is wrong.</summary>
    private const int MostTold = 40;

    /// <summary>The value of a property, null if the row has none.</summary>
    /// <exception cref="InvalidDataException">It is of another type than the property, which had that when the record was put in.</exception>
    public static object? Read(PropertyModel property, KeyPropertyModel key, JsonElement row)
    {
        if (!row.TryGetProperty(property.StorageName, out JsonElement json) || json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return json.Deserialize(DataValues.JsonOf(property.Type));
        }
        catch (JsonException e)
        {
            string type = (Nullable.GetUnderlyingType(property.Type) ?? property.Type).Name;
            throw new InvalidDataException(
                $"The record with the key '{Told(row.GetProperty(key.StorageName))}' has {Told(json)} for property '{property.ModelName}', expected {type}: "
                + "the property had another type when the record was put in. Give it that type again, or put the record in anew.",
                e);
        }
    }

    private static string Told(JsonElement value)
    {
        string text = value.ToString();
        return text.Length > MostTold ? $"{text[..MostTold]}..." : text;
    }
}
