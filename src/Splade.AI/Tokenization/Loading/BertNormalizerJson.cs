namespace Splade.AI.Tokenization.Loading;

/// <summary>A <c>normalizer</c> of type <c>BertNormalizer</c>.</summary>
internal sealed record BertNormalizerJson
{
    public required string Type { get; init; }

    public required bool CleanText { get; init; }

    public required bool HandleChineseChars { get; init; }

    /// <summary>Null means: as <see cref="Lowercase"/>.</summary>
    public required bool? StripAccents { get; init; }

    public required bool Lowercase { get; init; }
}
