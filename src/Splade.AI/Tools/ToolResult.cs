using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>What a function returns: its own facts, or an <see cref="Error"/> and nothing else. Immutable.</summary>
/// <remarks>
/// As JSON, names are in snake_case and what is null is left out. Numbers are rounded to three decimals. Text from documents has had
/// characters taken out that show nothing.
/// </remarks>
internal record ToolResult
{
    /// <summary>What is wrong, as a sentence; null if nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>What the caller can do about the <see cref="Error"/>, as a sentence; null if there is none.</summary>
    public string? Hint { get; init; }

    /// <summary>What a reader should know, as sentences; null if there is nothing to say. In JSON it comes first: before what it is about.</summary>
    [JsonPropertyOrder(-1)]
    public string? Note { get; init; }

    /// <summary>How results become JSON: source-generated, without white space, text as it is rather than escaped. Read-only.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = CreateOptions();

    /// <summary>The result as compact JSON. Chat clients indent what a function returns unless it is a string, and white space costs tokens.</summary>
    public sealed override string ToString() => JsonSerializer.Serialize(this, JsonOptions.GetTypeInfo(GetType()));

    private static JsonSerializerOptions CreateOptions()
    {
        // Nobody puts these results into HTML, and in escapes a word that is not English takes several times the tokens.
        var options = new JsonSerializerOptions(ToolTable.Json.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.MakeReadOnly();
        return options;
    }
}
