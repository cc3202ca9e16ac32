using System.Text.Json;

namespace Splade.Cli.Lines;

/// <summary>Arrays of numbers as members of a JSON object.</summary>
internal static class JsonMembers
{
    public static void WriteArray(this Utf8JsonWriter json, string name, ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes each number with as many digits as it takes to read the same one back.</summary>
    public static void WriteArray(this Utf8JsonWriter json, string name, ReadOnlySpan<float> numbers)
    {
        json.WriteStartArray(name);
        foreach (float number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
