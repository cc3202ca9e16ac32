using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>What <c>splade_encode</c> returns. Immutable; without an error all but <see cref="SpladeToolResult.Note"/> are set.</summary>
public sealed record SpladeEncodeResult : SpladeToolResult
{
    /// <summary>The terms of the text's vector, the heaviest first: as many as were asked for.</summary>
    [JsonPropertyName("terms"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolTerm>? Terms { get; init; }

    /// <summary>How many terms the vector has, whether they are listed or not.</summary>
    [JsonPropertyName("total_terms"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TotalTerms { get; init; }

    /// <summary>How many tokens were read, special tokens included.</summary>
    [JsonPropertyName("token_count"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TokenCount { get; init; }

    /// <summary>Whether the text's end was not read.</summary>
    [JsonPropertyName("truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Truncated { get; init; }
}
