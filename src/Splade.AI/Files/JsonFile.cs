using System.Text.Json;

namespace Splade.AI.Files;

/// <summary>Reads a JSON file of a model folder; what is wrong with it is said in a <see cref="SpladeModelException"/>.</summary>
internal static class JsonFile
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The object in a file, which must exist.</summary>
    /// <inheritdoc cref="ReadIfExists"/>
    public static JsonElement Read(string path, long maxLength = CheckedFile.MaxSettings) => Parse(path, JsonValueKind.Object, maxLength);

    /// <summary>What a file holds, or null if there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it must hold: an object or a list.</param>
    /// <exception cref="SpladeModelException">It cannot be read, is larger than it may be, is no JSON, or holds something else.</exception>
    public static JsonElement? ReadIfExists(string path, JsonValueKind kind = JsonValueKind.Object) =>
        CheckedFile.Exists(path) ? Parse(path, kind, CheckedFile.MaxSettings) : null;

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

    private static JsonElement Parse(string path, JsonValueKind kind, long maxLength)
    {
        ReadOnlyMemory<byte> bytes = CheckedFile.ReadAllBytes(path, maxLength);
        JsonElement json;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes);
            JsonText.Require(document.RootElement);
            json = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new SpladeModelException($"The file cannot be read as JSON: {e.Message} Copy it again from its origin.", path, e);
        }

        if (json.ValueKind != kind)
        {
            throw new SpladeModelException($"Found {NameOf(json.ValueKind)}, expected {NameOf(kind)}. Copy the file again from its origin.", path);
        }

        // Larger files are tables, whose keys are words of a vocabulary.
        if (kind == JsonValueKind.Object && maxLength == CheckedFile.MaxSettings)
        {
            SettingKinds.Require(new SettingsFile(path, json));
        }

        return json;
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
