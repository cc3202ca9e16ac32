using System.Text.Json.Serialization;

namespace Splade.AI.Remote.Tei;

/// <summary>The answers of a server, read without reflection.</summary>
[JsonSerializable(typeof(TeiInfo))]
[JsonSerializable(typeof(TeiEntry[][]))]
[JsonSerializable(typeof(float[][]))]
[JsonSerializable(typeof(TeiRank[]))]
internal sealed partial class TeiJsonContext : JsonSerializerContext;

/// <summary>An entry of a sparse vector.</summary>
internal readonly record struct TeiEntry
{
    [JsonRequired]
    [JsonPropertyName("index")]
    public long Index { get; init; }

    [JsonRequired]
    [JsonPropertyName("value")]
    public float Value { get; init; }
}

/// <summary>The score of a text.</summary>
internal readonly record struct TeiRank
{
    [JsonRequired]
    [JsonPropertyName("index")]
    public int Index { get; init; }

    [JsonRequired]
    [JsonPropertyName("score")]
    public float Score { get; init; }
}
