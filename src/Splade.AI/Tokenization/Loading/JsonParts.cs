using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>What the readers of all parts of a <c>tokenizer.json</c> need.</summary>
internal static class JsonParts
{
    /// <summary>A part, or an undefined element if it is left out.</summary>
    public static JsonElement Part(JsonElement whole, string name) => whole.TryGetProperty(name, out JsonElement part) ? part : default;

    /// <summary>A part that is there, for its settings to be read.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public static JsonElement Object(JsonElement part, string what = "A part of the tokenizer") => part.ValueKind == JsonValueKind.Object
        ? part
        : throw new JsonException($"{what} is of kind {part.ValueKind}, not an object.");

    /// <summary>Whether the part is left out or null.</summary>
    public static bool IsAbsent(JsonElement part) => part.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>The <c>type</c> of a part that is there, or null.</summary>
    /// <exception cref="JsonException">The part is no object.</exception>
    public static string? TypeOf(JsonElement part) =>
        Object(part).TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    /// <summary>A setting that is true or false.</summary>
    /// <param name="part">The part, an object.</param>
    /// <param name="name">The setting.</param>
    /// <param name="absent">What it means if it is left out or null, or null where it must be there.</param>
    /// <exception cref="JsonException">It is something else, or missing.</exception>
    public static bool Flag(JsonElement part, string name, bool? absent = null) =>
        (part.TryGetProperty(name, out JsonElement value) ? value.ValueKind : JsonValueKind.Null) switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null when absent is bool flag => flag,
            var kind => throw new JsonException($"The setting {name} is of kind {kind}, not true or false."),
        };

    /// <summary>A setting that is text, or null where it is left out or null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? OptionalText(JsonElement part, string name) =>
        (part.TryGetProperty(name, out JsonElement value) ? value.ValueKind : JsonValueKind.Null) switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            var kind => throw new JsonException($"The setting {name} is of kind {kind}, not text."),
        };

    /// <summary>A setting that is text.</summary>
    /// <exception cref="JsonException">It is something else, or missing.</exception>
    public static string Text(JsonElement part, string name) =>
        OptionalText(part, name) ?? throw new JsonException($"The setting {name} is missing.");

    /// <summary>A setting that is a whole number.</summary>
    /// <exception cref="JsonException">It is something else, or missing.</exception>
    public static int Integer(JsonElement part, string name) => part.TryGetProperty(name, out JsonElement value)
        ? Integer(value)
        : throw new JsonException($"The setting {name} is missing.");

    /// <summary>A value that is a whole number.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static int Integer(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
        ? number
        : throw new JsonException($"Found {Excerpt(value)} where a whole number is expected.");

    /// <summary>A setting that is a vocabulary: an object with an id for each token.</summary>
    /// <exception cref="JsonException">It is something else, or missing.</exception>
    public static Dictionary<string, int> Ids(JsonElement part, string name)
    {
        JsonElement vocabulary = Part(part, name);
        if (vocabulary.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"The setting {name} is {(IsAbsent(vocabulary) ? "missing" : $"of kind {vocabulary.ValueKind}, not an object")}.");
        }

        var ids = new Dictionary<string, int>(vocabulary.GetPropertyCount());
        foreach (JsonProperty token in vocabulary.EnumerateObject())
        {
            ids[token.Name] = Integer(token.Value);
        }

        return ids;
    }

    /// <summary>A setting that is a list.</summary>
    /// <exception cref="JsonException">It is something else, or missing.</exception>
    public static JsonElement.ArrayEnumerator List(JsonElement part, string name) =>
        part.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : throw new JsonException($"The setting {name} is not a list.");

    private static string Excerpt(JsonElement value)
    {
        const int Longest = 40;
        string text = value.GetRawText();
        return text.Length <= Longest ? text : $"{text.AsSpan(0, Longest)}...";
    }
}
