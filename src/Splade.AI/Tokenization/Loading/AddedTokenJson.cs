using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>An element of <c>added_tokens</c>.</summary>
internal sealed record AddedTokenJson
{
    public required int Id { get; init; }

    public required string Content { get; init; }

    public required bool SingleWord { get; init; }

    public required bool Lstrip { get; init; }

    public required bool Rstrip { get; init; }

    public required bool Normalized { get; init; }

    public required bool Special { get; init; }

    /// <exception cref="JsonException">It is no object, or a member is missing.</exception>
    public static AddedTokenJson Read(JsonElement json) => new()
    {
        Id = JsonParts.Integer(JsonParts.Object(json, "An element of added_tokens"), "id"),
        Content = JsonParts.Text(json, "content"),
        SingleWord = JsonParts.Flag(json, "single_word"),
        Lstrip = JsonParts.Flag(json, "lstrip"),
        Rstrip = JsonParts.Flag(json, "rstrip"),
        Normalized = JsonParts.Flag(json, "normalized"),
        Special = JsonParts.Flag(json, "special"),
    };
}
