using System.Text.Json;

namespace Splade.AI.Remote.Tei;

/// <summary>What a server is asked for: a path, and the kind of model that is behind it.</summary>
/// <param name="Path">The path.</param>
/// <param name="Kind">The kind of model, in words.</param>
/// <param name="Remedy">How the server is started with such a model.</param>
internal sealed record TeiRoute(string Path, string Kind, string Remedy)
{
    private const string Splade = "splade";

    public static TeiRoute Sparse { get; } = new("embed_sparse", "a sparse encoder", "Start it with a SPLADE model and --pooling splade.");

    public static TeiRoute Dense { get; } = new("embed", "a dense encoder", "Start it with an embedding model, and with another pooling than splade.");

    public static TeiRoute Rerank { get; } = new("rerank", "a reranker", "Start it with a cross-encoder of one label.");

    /// <summary>Whether a model is of the kind, by what the server says of it; true where it says nothing that is known.</summary>
    public bool Fits(JsonElement? modelType)
    {
        if (modelType is not { ValueKind: JsonValueKind.Object } type)
        {
            return true;
        }

        bool embeds = type.TryGetProperty("embedding", out JsonElement embedding);
        bool isSparse = embeds && embedding.ValueKind == JsonValueKind.Object
            && embedding.TryGetProperty("pooling", out JsonElement pooling) && pooling.ValueEquals(Splade);
        return this == Sparse ? isSparse : this == Dense ? embeds && !isSparse : type.TryGetProperty("reranker", out _);
    }
}
