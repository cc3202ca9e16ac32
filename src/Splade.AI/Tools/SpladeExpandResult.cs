using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>What <c>splade_expand</c> returns. Immutable.</summary>
public sealed record SpladeExpandResult : SpladeToolResult
{
    /// <summary>The words to search with, the heaviest first: those of the query, and as many added ones as were asked for.</summary>
    [JsonPropertyName("keywords"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolTerm>? Keywords { get; init; }

    /// <summary>How many of the <see cref="Keywords"/> the model added.</summary>
    [JsonPropertyName("added"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Added { get; init; }

    /// <summary>Whether the query's end was not read.</summary>
    [JsonPropertyName("query_truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? QueryTruncated { get; init; }
}
