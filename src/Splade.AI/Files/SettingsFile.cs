using System.Text.Json;

namespace Splade.AI.Files;

/// <summary>A JSON file of settings. One that changes vectors is read, or has a single value here, and any other value of it is refused by name.</summary>
/// <param name="Path">The file.</param>
/// <param name="Json">Its root.</param>
internal sealed record SettingsFile(string Path, JsonElement Json)
{
    private const int LongestExcerpt = 80;

    public static SettingsFile Read(string path) => new(path, JsonFile.Read(path));

    public static SettingsFile? ReadIfExists(string path) => JsonFile.ReadIfExists(path) is JsonElement json ? new SettingsFile(path, json) : null;

    /// <summary>A setting; null if it is left out or null.</summary>
    public JsonElement? Find(string name) => Json.ValueKind == JsonValueKind.Object
        && Json.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>Whether a setting is true or false; null if it is left out, null or something else.</summary>
    public bool? Flag(string name) => Find(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Refuses a setting unless it is left out, null or the given text.</summary>
    public void Expect(string name, string expected, string remedy)
    {
        if (Find(name) is not null && Json.Text(name) != expected)
        {
            throw Refusal(name, $"'{expected}'", remedy);
        }
    }

    /// <summary>Refuses a setting unless it is left out, null, or a list or object with nothing in it.</summary>
    public void ExpectNothing(string name, string remedy)
    {
        if (Find(name) is JsonElement value && value.GetRawText().AsSpan().Trim("{}[] \t\r\n").Length > 0)
        {
            throw Refusal(name, "nothing", remedy);
        }
    }

    /// <summary>What is to be thrown where a setting has another value than is implemented.</summary>
    public SpladeModelException Refusal(string name, string expected, string remedy) =>
        new($"'{name}' is {Excerpt(Find(name) ?? default)}, expected {expected}. {remedy}", Path);

    /// <summary>The settings that nobody here has heard of.</summary>
    public IReadOnlyList<string> Unknown(IReadOnlySet<string> known)
    {
        IEnumerable<string> names = Json.ValueKind == JsonValueKind.Object ? Json.EnumerateObject().Select(p => p.Name) : [];
        return ShortNames.Few([.. names.Where(n => !known.Contains(n)).Select(n => $"'{ShortNames.Cut(n)}' of {System.IO.Path.GetFileName(Path)}")]);
    }

    private static string Excerpt(JsonElement value)
    {
        string text = value.ValueKind switch
        {
            JsonValueKind.Undefined => "missing",
            JsonValueKind.String => $"'{value.GetString()}'",
            _ => value.GetRawText(),
        };
        return text.Length <= LongestExcerpt ? text : $"{text.AsSpan(0, LongestExcerpt)}...";
    }
}
