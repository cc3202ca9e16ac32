using System.Text.Json;

namespace Splade.Cli.Serving;

/// <summary>The body of a request: a JSON object of which every member is asked for, or refused by its name.</summary>
internal sealed class RequestMembers
{
    private readonly JsonElement _root;

    /// <exception cref="ServingException">The body is no object, or has a member that the path does not know.</exception>
    public RequestMembers(JsonElement root, params string[] known)
    {
        _root = root.ValueKind == JsonValueKind.Object ? root : throw ServingException.Invalid($"Found {root.ValueKind}, expected a JSON object.");
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                throw ServingException.Invalid($"`{member.Name}` is not known here. Expected some of {string.Join(", ", known)}.", member.Name);
            }
        }
    }

    public string? Text(string name) => Find(name) is not JsonElement value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, value, "a text");

    public string RequiredText(string name) => Text(name) ?? throw ServingException.Invalid($"`{name}` is missing, expected a text.", name);

    public bool? Flag(string name) => Find(name) is not JsonElement value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");

    public int? Number(string name) => Find(name) is not JsonElement value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Wrong(name, value, "a whole number");

    /// <summary>A text, or a list of texts.</summary>
    /// <exception cref="ServingException">It is neither, or empty.</exception>
    public string[] Texts(string name)
    {
        JsonElement value = Find(name) ?? throw ServingException.Invalid($"`{name}` is missing, expected a text or a list of texts.", name);
        if (value.ValueKind == JsonValueKind.String)
        {
            return [value.GetString()!];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, value, "a text or a list of texts");
        }

        // In its order: to look each up by its number would take the square of their time.
        var texts = new List<string>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw ServingException.Invalid(
                $"`{name}` has {item.ValueKind} at {texts.Count}, expected a text. Token ids and pairs are not served: send texts.", name));
        }

        return texts.Count == 0 ? throw ServingException.Empty(name) : [.. texts];
    }

    private JsonElement? Find(string name) =>
        _root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static ServingException Wrong(string name, JsonElement value, string expected) =>
        ServingException.Invalid($"`{name}` is {value.ValueKind}, expected {expected}.", name);
}
