namespace Splade.AI.Tokenization.Loading;

/// <summary>A <c>model</c> of type <c>WordPiece</c>. Files older than tokenizers 0.11 leave the type out.</summary>
internal sealed record WordPieceJson
{
    public string? Type { get; init; }

    public required string UnkToken { get; init; }

    public required string ContinuingSubwordPrefix { get; init; }

    public required int MaxInputCharsPerWord { get; init; }

    public required Dictionary<string, int> Vocab { get; init; }
}
