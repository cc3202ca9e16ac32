using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Splade.AI.Tools;

/// <summary>One argument as a model wrote it, read as what a function needs.</summary>
internal static class ToolArgument
{
    /// <summary>A text; null if there is none. Numbers and truth values are taken as they are written.</summary>
    /// <exception cref="ToolProblemException">It is none.</exception>
    public static string? Text(string name, object? value) => Plain(name, value) switch
    {
        null => null,
        string text => text,
        List<string> { Count: 1 } list => list[0],
        List<string> list => throw new ToolProblemException($"'{name}' is a list of {list.Count} texts, expected one text.", $"Give '{name}' as one string."),
        _ => throw new InvalidOperationException("A plain value is a text or a list."),
    };

    /// <summary>Texts; null if there are none. One text by itself is a list of one.</summary>
    /// <exception cref="ToolProblemException">It is no list, or one with something else in it.</exception>
    public static IReadOnlyList<string>? Texts(string name, object? value) => Plain(name, value) switch
    {
        string text => IsList(text, out JsonElement list) ? (List<string>)Plain(name, list)! : [text],
        object list => (List<string>)list,
        null => null,
    };

    /// <summary>A whole number; null if there is none. One too large for the type becomes the largest, a fraction is rounded.</summary>
    /// <exception cref="ToolProblemException">It is none.</exception>
    public static int? Integer(string name, object? value)
    {
        if (Text(name, value)?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number)
            ? (int)Math.Clamp(Math.Round(number), int.MinValue, int.MaxValue)
            : throw new ToolProblemException($"'{name}' is not a number.", $"Give '{name}' as a whole number such as 5, or leave it out.");
    }

    /// <summary>A value as a text, a list of texts, or null, however it came.</summary>
    private static object? Plain(string name, object? value) => value switch
    {
        null => null,
        string text => text,
        JsonElement element => Plain(name, element),
        JsonDocument document => Plain(name, document.RootElement),
        JsonNode node => Plain(name, JsonElement.Parse(node.ToJsonString(ToolJson.Options))),
        bool truth => truth ? "true" : "false",
        IDictionary => throw Unexpected(name),
        IEnumerable items => PlainList(name, items),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw Unexpected(name),
    };

    private static object? Plain(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => Read(name, element),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        JsonValueKind.Array => PlainList(name, element.EnumerateArray()),
        _ => throw Unexpected(name),
    };

    private static List<string> PlainList(string name, IEnumerable items)
    {
        var texts = new List<string>();
        foreach (object? item in items)
        {
            texts.Add(Plain(name, item) as string ?? throw new ToolProblemException(
                $"Item {texts.Count} of '{name}' is not a text.", "Give a list of strings, without null, lists or objects in it."));
        }

        return texts;
    }

    private static string Read(string name, JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The escapes of a string can name half a character, which no text has.
            throw new ToolProblemException($"'{name}' has half of a surrogate pair in it.", "Leave the broken character out.");
        }
    }

    // Some models write a list as a string that holds one.
    private static bool IsList(string text, out JsonElement list)
    {
        list = default;
        try
        {
            list = text.AsSpan().TrimStart() is ['[', ..] ? JsonElement.Parse(text) : default;
        }
        catch (JsonException)
        {
            // A text that begins with a bracket.
        }

        return list.ValueKind == JsonValueKind.Array;
    }

    private static ToolProblemException Unexpected(string name) =>
        new($"'{name}' is an object, expected a text, a number or a list of texts.", $"Give '{name}' as the schema of this function says.");
}
