using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Splade.AI.Tools;

/// <summary>One argument as a model wrote it, read as what a function needs.</summary>
internal static class ToolArgument
{
    /// <summary>Stands for what is neither a text nor a list of plain values.</summary>
    private static readonly object AnObject = new();

    /// <summary>A text; null if there is none. Numbers and truth values are taken as they are written.</summary>
    /// <exception cref="ToolProblemException">It is none.</exception>
    public static string? Text(string name, object? value) => One(name, value, "one text", $"Give '{name}' as one string.");

    /// <summary>Texts; null if there are none. One text by itself is a list of one.</summary>
    /// <exception cref="ToolProblemException">It is no list, or one with something else in it.</exception>
    public static IReadOnlyList<string>? Texts(string name, object? value) => Plain(name, value) switch
    {
        null => null,
        string text => IsList(text, out JsonElement list) ? Items(name, (List<object?>)Plain(name, list)!) : [text],
        List<object?> list => Items(name, list),
        object other => throw Wrong(name, other, "a list of texts", $"Give '{name}' as a list of strings."),
    };

    /// <summary>A whole number; null if there is none. One too large for the type becomes the largest, a fraction is rounded.</summary>
    /// <exception cref="ToolProblemException">It is none.</exception>
    public static int? Integer(string name, object? value)
    {
        const string Expected = "a whole number";
        string hint = $"Give '{name}' as a whole number such as 5, or leave it out.";
        if (One(name, value, Expected, hint)?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number)
            ? (int)Math.Clamp(Math.Round(number), int.MinValue, int.MaxValue)
            : throw new ToolProblemException($"'{name}' is '{ToolParameters.Echo(text)}', expected {Expected}.", hint);
    }

    private static string? One(string name, object? value, string expected, string hint) => Plain(name, value) switch
    {
        null => null,
        string text => text,
        List<object?> list when list is [string only] => only,
        object other => throw Wrong(name, other, expected, hint),
    };

    private static string[] Items(string name, List<object?> list) =>
    [
        .. list.Select((item, i) => item as string
            ?? throw Wrong($"{name}[{i}]", item, "a text", $"Give '{name}' as a list of strings, without null, lists or objects in it.")),
    ];

    /// <summary>A value as a text, a list of such values, null, or <see cref="AnObject"/>, however it came.</summary>
    private static object? Plain(string name, object? value) => value switch
    {
        null => null,
        string text => text,
        JsonElement element => Plain(name, element),
        JsonDocument document => Plain(name, document.RootElement),
        JsonNode node => Plain(name, JsonElement.Parse(node.ToJsonString(ToolResult.JsonOptions))),
        bool truth => truth ? "true" : "false",
        IDictionary => AnObject,
        IEnumerable items => PlainList(name, items),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => AnObject,
    };

    private static object? Plain(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => Read(name, element),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        JsonValueKind.Array => PlainList(name, element.EnumerateArray()),
        _ => AnObject,
    };

    private static List<object?> PlainList(string name, IEnumerable items) => [.. items.Cast<object?>().Select(item => Plain(name, item))];

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

    private static ToolProblemException Wrong(string name, object? plain, string expected, string hint)
    {
        string found = plain switch
        {
            null => "null",
            List<object?> list => $"a list of {list.Count}",
            _ => "an object",
        };
        return new ToolProblemException($"'{name}' is {found}, expected {expected}.", hint);
    }
}
