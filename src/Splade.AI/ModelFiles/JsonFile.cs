using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>Reads a JSON file of a model folder; what is wrong with it is said in a <see cref="SpladeModelException"/>.</summary>
internal static class JsonFile
{
    /// <summary>The root element of the file, which must exist.</summary>
    public static JsonElement Read(string path) =>
        ReadIfExists(path) ?? throw new SpladeModelException(
            "The file is missing. Expected a folder that Sentence Transformers wrote; copy all of the model's files.", path);

    /// <summary>The root element of the file, or null if there is no such file.</summary>
    public static JsonElement? ReadIfExists(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SpladeModelException($"The file cannot be read as JSON: {e.Message} Copy it again from its origin.", path, e);
        }
    }

    /// <summary>A string member; null if the object lacks it or it is no string.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name, JsonValueKind.String)?.GetString();

    /// <summary>
    /// A whole number, which some write as <c>256.0</c>; null if the object lacks it, or it is no whole number or too large (Hugging Face writes
    /// 1e30 for "no limit").
    /// </summary>
    public static int? Number(this JsonElement json, string name) =>
        json.Member(name, JsonValueKind.Number) is JsonElement number && number.TryGetDouble(out double value)
        && value is >= int.MinValue and <= int.MaxValue && double.IsInteger(value)
            ? (int)value
            : null;

    /// <summary>Whether the object has a member that is true.</summary>
    public static bool IsTrue(this JsonElement json, string name) => json.Member(name, JsonValueKind.True) is not null;

    /// <summary>A member of the given kind; null if the object lacks it or it is of another kind.</summary>
    public static JsonElement? Member(this JsonElement json, string name, JsonValueKind kind) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : null;
}
