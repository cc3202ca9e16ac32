using System.Text.Json.Nodes;

namespace Splade.AI.Tools;

/// <summary>The kinds of parameters that functions have.</summary>
internal static class ToolParameters
{
    /// <summary>How much of a wrong argument an error repeats.</summary>
    private const int MaxEcho = 40;

    /// <summary>A text of at least a word, which a call has to have.</summary>
    public static ToolParameter<ToolText> Text(string name, string description) => new(
        name, isRequired: true, _ => Schema(description, "string"), (value, options) => ReadText(name, ToolArgument.Text(name, value), options));

    /// <summary>Several texts, which a call has to have.</summary>
    public static ToolParameter<ToolText[]> Texts(string name, string description) => new(
        name,
        isRequired: true,
        options => Schema(description, "array", ("items", new JsonObject { ["type"] = "string" }), ("minItems", 1), ("maxItems", options.MaxDocuments)),
        (value, options) => ReadTexts(name, ToolArgument.Texts(name, value), options));

    /// <summary>How long a list is to be. What is out of its bounds is moved there.</summary>
    /// <param name="description">What models are told of it.</param>
    /// <param name="usual">How long it is where a call does not say.</param>
    /// <param name="most">How long it can be; null for <see cref="SpladeAIToolsOptions.MaxTop"/>.</param>
    public static ToolParameter<int> Top(string description, Func<SpladeAIToolsOptions, int> usual, Func<SpladeAIToolsOptions, int>? most = null)
    {
        const string Name = "top";
        most ??= options => options.MaxTop;
        return new ToolParameter<int>(
            Name,
            isRequired: false,
            options => Schema(
                description, "integer", ("default", Math.Min(usual(options), most(options))), ("minimum", 1), ("maximum", most(options))),
            (value, options) => Math.Clamp(ToolArgument.Integer(Name, value) ?? usual(options), 1, most(options)));
    }

    /// <summary>One of an enumeration's values, by its name in any case.</summary>
    public static ToolParameter<TEnum> Choice<TEnum>(string name, string description, TEnum usual)
        where TEnum : struct, Enum => new(
            name,
            isRequired: false,
            _ => Schema(
                description,
                "string",
                ("default", NameOf(usual)),
                ("enum", new JsonArray([.. Enum.GetValues<TEnum>().Select(value => (JsonNode)NameOf(value))]))),
            (value, _) => ReadChoice(name, ToolArgument.Text(name, value), usual));

    /// <summary>The beginning of what a caller wrote, to be shown to it in an error.</summary>
    public static string Echo(string text) => Excerpt.Around(text, 0, MaxEcho);

    /// <summary>An enumeration's value as models know it.</summary>
    public static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static JsonObject Schema(string description, string type, params ReadOnlySpan<(string Name, JsonNode Value)> limits)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = type };
        foreach ((string name, JsonNode value) in limits)
        {
            schema[name] = value;
        }

        return schema;
    }

    private static ToolText ReadText(string name, string? text, SpladeAIToolsOptions options)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ToolProblemException($"'{name}' is missing or blank.", $"Give '{name}' as a text of at least one word.");
        }

        string read = Excerpt.Head(text, options.MaxTextLength);
        return new ToolText(read, read.Length < text.Length);
    }

    private static ToolText[] ReadTexts(string name, IReadOnlyList<string>? texts, SpladeAIToolsOptions options)
    {
        if (texts is not { Count: > 0 })
        {
            throw new ToolProblemException($"'{name}' is missing or empty.", $"Give '{name}' as a list of at least one text.");
        }

        return texts.Count <= options.MaxDocuments
            ? [.. texts.Select((text, i) => ReadText($"{name}[{i}]", text, options))]
            : throw new ToolProblemException(
                $"'{name}' has {texts.Count} texts, at most {options.MaxDocuments} are compared in one call.",
                "Make several calls, and compare their best texts in another one.");
    }

    private static TEnum ReadChoice<TEnum>(string name, string? text, TEnum usual)
        where TEnum : struct, Enum
    {
        TEnum[] values = Enum.GetValues<TEnum>();
        string wanted = string.IsNullOrWhiteSpace(text) ? NameOf(usual) : text.Trim();
        int at = Array.FindIndex(values, value => NameOf(value).Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? values[at] : throw new ToolProblemException(
            $"'{name}' is '{Echo(wanted)}', which is not known.", $"Give one of {string.Join(", ", values.Select(NameOf))}.");
    }
}
