using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>What a function for agents returns: its own facts, or an <see cref="Error"/> and nothing else. Immutable.</summary>
/// <remarks>
/// As JSON, names are in snake_case and what is null is left out. Numbers are rounded to three decimals. Text from documents has had
/// characters taken out that show nothing.
/// </remarks>
public abstract record SpladeToolResult
{
    /// <summary>What is wrong, as a sentence; null if nothing is.</summary>
    [JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>What the caller can do about the <see cref="Error"/>, as a sentence; null if there is none.</summary>
    [JsonPropertyName("hint"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hint { get; init; }

    /// <summary>What a reader of the result should know, as sentences; null if there is nothing to say. In JSON it comes first: before what it is about.</summary>
    [JsonPropertyOrder(-1)]
    [JsonPropertyName("note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>The result as compact JSON: what a language model is to read, and what a prompt template puts in.</summary>
    public sealed override string ToString() => ToolJson.Write(this, GetType());
}
