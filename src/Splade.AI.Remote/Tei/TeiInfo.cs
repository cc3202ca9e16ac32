using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Remote.Tei;

/// <summary>What a server says of itself at <c>/info</c>.</summary>
internal sealed record TeiInfo
{
    [JsonRequired]
    [JsonPropertyName("model_id")]
    public string ModelId { get; init; } = "";

    [JsonPropertyName("model_sha")]
    public string? ModelSha { get; init; }

    /// <summary>What the model is for, such as <c>{"embedding":{"pooling":"splade"}}</c>.</summary>
    [JsonPropertyName("model_type")]
    public JsonElement? ModelType { get; init; }

    [JsonPropertyName("max_input_length")]
    public int? MaxInputLength { get; init; }

    [JsonPropertyName("max_client_batch_size")]
    public int? MaxClientBatchSize { get; init; }

    /// <summary>
    /// The models behind each path, where the server is <c>splade serve</c>: it has several, and says of each how large vectors are and what they depend on.
    /// </summary>
    [JsonPropertyName("served")]
    public Dictionary<string, ServedModel>? Served { get; init; }
}

/// <summary>The model behind one path of <c>splade serve</c>.</summary>
internal sealed record ServedModel
{
    [JsonRequired]
    [JsonPropertyName("model_id")]
    public string ModelId { get; init; } = "";

    [JsonPropertyName("model_sha")]
    public string? ModelSha { get; init; }

    [JsonPropertyName("max_input_length")]
    public int? MaxInputLength { get; init; }

    [JsonPropertyName("dimensions")]
    public int? Dimensions { get; init; }

    /// <summary>A <see cref="SparseModelIdentity"/>.</summary>
    [JsonPropertyName("identity")]
    public JsonElement? Identity { get; init; }
}
