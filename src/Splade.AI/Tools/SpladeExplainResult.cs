using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>What <c>splade_explain</c> returns. Immutable.</summary>
public sealed record SpladeExplainResult : SpladeToolResult
{
    /// <summary>The score of the document for the query, rounded to three decimals.</summary>
    [JsonPropertyName("score"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    /// <summary>The terms that both have, the largest contribution first: as many as were asked for.</summary>
    [JsonPropertyName("matches"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolMatch>? Matches { get; init; }

    /// <summary>How many terms both have, whether they are listed or not.</summary>
    [JsonPropertyName("total_matches"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TotalMatches { get; init; }

    /// <summary>The terms of the query that the document has no weight for, the heaviest first: as many as were asked for.</summary>
    [JsonPropertyName("unmatched_query_terms"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolTerm>? UnmatchedQueryTerms { get; init; }

    /// <summary>How many terms of the query the document has no weight for, whether they are listed or not.</summary>
    [JsonPropertyName("total_unmatched"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TotalUnmatched { get; init; }

    /// <summary>The share of the score that rests on terms which do not stand in both texts, from 0 to 1; null for a score of 0.</summary>
    [JsonPropertyName("expansion_share"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExpansionShare { get; init; }

    /// <summary>That nothing matched, or that the whole score rests on expansion, as a sentence; null otherwise.</summary>
    [JsonPropertyName("warning"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    /// <summary>Whether the query's end was not read.</summary>
    [JsonPropertyName("query_truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? QueryTruncated { get; init; }

    /// <summary>Whether the document's end was not read.</summary>
    [JsonPropertyName("document_truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? DocumentTruncated { get; init; }
}
