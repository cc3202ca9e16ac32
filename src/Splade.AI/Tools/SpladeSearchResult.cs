using System.Text.Json.Serialization;
using Splade.AI.Hybrid;

namespace Splade.AI.Tools;

/// <summary>What <c>hybrid_search</c> returns. Immutable.</summary>
public sealed record SpladeSearchResult : SpladeToolResult
{
    /// <summary>What was ranked by: the name of a <see cref="SearchMode"/> in lower case.</summary>
    [JsonPropertyName("mode"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mode { get; init; }

    /// <summary>The passages, the best first.</summary>
    [JsonPropertyName("hits"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FoundPassage>? Hits { get; init; }

    /// <summary>Whether the query's end was not read.</summary>
    [JsonPropertyName("query_truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? QueryTruncated { get; init; }
}
