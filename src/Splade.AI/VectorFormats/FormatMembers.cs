using System.Text.Json;

namespace Splade.AI.VectorFormats;

/// <summary>The two shapes that engines give a sparse vector.</summary>
internal static class FormatMembers
{
    /// <summary><c>{"token":0.5}</c>.</summary>
    public static void WriteMap(this Utf8JsonWriter json, SparseVector vector, Func<int, string> name)
    {
        json.WriteStartObject();
        for (int i = 0; i < vector.Count; i++)
        {
            json.WriteNumber(name(vector.Indices[i]), vector.Values[i]);
        }

        json.WriteEndObject();
    }

    /// <summary><c>{"indices":[7],"values":[0.5]}</c>.</summary>
    public static void WriteArrays(this Utf8JsonWriter json, ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        json.WriteStartObject();
        json.WriteStartArray("indices");
        foreach (int index in indices)
        {
            json.WriteNumberValue(index);
        }

        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (float value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
