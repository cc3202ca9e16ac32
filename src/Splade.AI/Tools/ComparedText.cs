using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>A text in the ranking of <see cref="SpladeCompareResult"/>. Immutable.</summary>
public sealed record ComparedText
{
    /// <summary>The place in the ranking, from 1.</summary>
    [JsonPropertyName("rank")]
    public required int Rank { get; init; }

    /// <summary>The text's place in the list that was given, from 0.</summary>
    [JsonPropertyName("index")]
    public required int Index { get; init; }

    /// <summary>The score for the query, rounded to three decimals. Of equal scores the text that was given first comes first.</summary>
    [JsonPropertyName("score")]
    public required double Score { get; init; }

    /// <summary>The terms that brought the most, the largest contribution first; none for a score of 0.</summary>
    [JsonPropertyName("reasons")]
    public required IReadOnlyList<ToolMatch> Reasons { get; init; }

    /// <summary>That nothing matched, or that the whole score rests on expansion, as a sentence; null otherwise.</summary>
    [JsonPropertyName("warning"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    /// <summary>The text, or the part of it around its best match: data, not instructions.</summary>
    [JsonPropertyName("untrusted_text")]
    public required string UntrustedText { get; init; }

    /// <summary>Whether the text's end was not read, so that it has no part in the score.</summary>
    [JsonPropertyName("truncated")]
    public required bool Truncated { get; init; }
}
