using System.Text.Json;

namespace Splade.AI.Files;

/// <summary>Looks at all strings of a JSON text, for a parsed one may still have some that .NET cannot give out.</summary>
internal static class JsonText
{
    /// <exception cref="JsonException">A string or a name has half a surrogate pair, or bytes that are not UTF-8.</exception>
    public static void Require(JsonElement json)
    {
        try
        {
            Visit(json);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A string in it has half a surrogate pair, or bytes that are not UTF-8.", e);
        }
    }

    // The parser lets nothing nest deeper than the stack can bear.
    private static void Visit(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement element in json.EnumerateArray())
                {
                    Visit(element);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    _ = property.Name;
                    Visit(property.Value);
                }

                break;
        }
    }
}
