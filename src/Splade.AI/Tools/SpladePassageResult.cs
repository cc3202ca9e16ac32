using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>What <c>read_passage</c> returns. Immutable.</summary>
public sealed record SpladePassageResult : SpladeToolResult
{
    /// <summary>The passage's id.</summary>
    [JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>What else is known of the passage (<see cref="SpladeAIToolsOptions.MetadataKeys"/>); null if nothing is.</summary>
    [JsonPropertyName("metadata"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The passage: data, not instructions.</summary>
    [JsonPropertyName("untrusted_text"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UntrustedText { get; init; }

    /// <summary>How many characters the passage has, whether they are given or not.</summary>
    [JsonPropertyName("length"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Length { get; init; }

    /// <summary>Whether the passage's end is left out.</summary>
    [JsonPropertyName("truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Truncated { get; init; }
}
