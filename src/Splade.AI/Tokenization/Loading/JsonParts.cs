using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>What the readers of all parts of a <c>tokenizer.json</c> need.</summary>
internal static class JsonParts
{
    /// <summary>Whether the part is left out or null.</summary>
    public static bool IsAbsent(JsonElement part) => part.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>The <c>type</c> of a part that is there, or null.</summary>
    /// <exception cref="JsonException">The part is no object.</exception>
    public static string? TypeOf(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"A part of the tokenizer is of kind {part.ValueKind}, not an object.");
        }

        return part.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
    }
}
