using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>A <c>model</c> of type <c>BPE</c>. Files older than tokenizers 0.11 leave the type and some settings out.</summary>
internal sealed record BpeJson
{
    public string? Type { get; init; }

    public double? Dropout { get; init; }

    public string? UnkToken { get; init; }

    public string? ContinuingSubwordPrefix { get; init; }

    public string? EndOfWordSuffix { get; init; }

    public bool? FuseUnk { get; init; }

    public bool? ByteFallback { get; init; }

    public bool? IgnoreMerges { get; init; }

    public required Dictionary<string, int> Vocab { get; init; }

    /// <summary>Each is an array of two tokens or, in older files, both with a space between.</summary>
    public required JsonElement[] Merges { get; init; }
}
