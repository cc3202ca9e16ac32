using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>A <c>tokenizer.json</c> as far as it matters here; its parts are read once their type is known.</summary>
internal sealed record TokenizerJson
{
    public string? Version { get; init; }

    public AddedTokenJson?[]? AddedTokens { get; init; }

    public JsonElement Normalizer { get; init; }

    public JsonElement PreTokenizer { get; init; }

    public JsonElement Model { get; init; }

    public JsonElement PostProcessor { get; init; }
}
