using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>What <c>splade_compare</c> returns. Immutable.</summary>
public sealed record SpladeCompareResult : SpladeToolResult
{
    /// <summary>The texts, the best first: as many as were asked for.</summary>
    [JsonPropertyName("ranking"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ComparedText>? Ranking { get; init; }

    /// <summary>How many texts were compared, whether they are listed or not.</summary>
    [JsonPropertyName("compared"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Compared { get; init; }

    /// <summary>Whether the query's end was not read.</summary>
    [JsonPropertyName("query_truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? QueryTruncated { get; init; }
}
