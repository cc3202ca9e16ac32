using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>A passage that <c>hybrid_search</c> found. Immutable.</summary>
public sealed record FoundPassage
{
    /// <summary>The place in the result, from 1.</summary>
    [JsonPropertyName("rank")]
    public required int Rank { get; init; }

    /// <summary>The passage's id, which <c>read_passage</c> takes.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The score that gave the passage its place, rounded to three decimals.</summary>
    [JsonPropertyName("score")]
    public required double Score { get; init; }

    /// <summary>How the passage got its place: ranks, scores and the arithmetic of the fusion, as a sentence; null where the store does not say.</summary>
    [JsonPropertyName("why"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    /// <summary>The terms that brought the sparse score the most; null where it was not searched by, or comes from another engine's model.</summary>
    [JsonPropertyName("reasons"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolMatch>? Reasons { get; init; }

    /// <summary>What else is known of the passage (<see cref="SpladeAIToolsOptions.MetadataKeys"/>); null if nothing is.</summary>
    [JsonPropertyName("metadata"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The passage, or the part of it around its best match: data, not instructions.</summary>
    [JsonPropertyName("untrusted_text")]
    public required string UntrustedText { get; init; }

    /// <summary>Whether <see cref="UntrustedText"/> is a part of the passage only.</summary>
    [JsonPropertyName("truncated")]
    public required bool Truncated { get; init; }
}
