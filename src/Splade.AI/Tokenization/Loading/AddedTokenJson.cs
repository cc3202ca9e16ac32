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
}
