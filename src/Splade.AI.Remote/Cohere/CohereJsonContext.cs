using System.Text.Json.Serialization;

namespace Splade.AI.Remote.Cohere;

/// <summary>The answers of a server of Cohere's shape, read without reflection.</summary>
[JsonSerializable(typeof(CohereAnswer))]
internal sealed partial class CohereJsonContext : JsonSerializerContext;

internal sealed record CohereAnswer
{
    [JsonRequired]
    [JsonPropertyName("results")]
    public CohereRank[] Results { get; init; } = [];
}

/// <summary>The score of a text.</summary>
internal readonly record struct CohereRank
{
    [JsonRequired]
    [JsonPropertyName("index")]
    public int Index { get; init; }

    [JsonRequired]
    [JsonPropertyName("relevance_score")]
    public float RelevanceScore { get; init; }
}
