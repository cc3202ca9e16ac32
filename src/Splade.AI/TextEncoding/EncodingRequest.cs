namespace Splade.AI.TextEncoding;

/// <summary>How the texts of a call are read.</summary>
/// <param name="Prompt">What is put before each text.</param>
/// <param name="MaxTokens">The most tokens that are read at once, special tokens and the prompt's included.</param>
internal sealed record EncodingRequest(string Prompt, int MaxTokens)
{
    /// <summary>What becomes of longer texts.</summary>
    public LongTextHandling LongTexts { get; init; }

    /// <summary>How many tokens neighbouring windows share at least; null for the default.</summary>
    public int? WindowOverlap { get; init; }

    /// <summary>Whether the results are to have the tokens of their texts.</summary>
    public bool KeepsTextIds { get; init; }

    /// <summary>Whether longer texts are read through a sliding window.</summary>
    public bool HasWindows => LongTexts is LongTextHandling.SlidingWindowMax or LongTextHandling.SlidingWindowPassages;

    /// <summary>Whether the vectors of the windows are wanted.</summary>
    public bool WantsPassages => LongTexts == LongTextHandling.SlidingWindowPassages;
}
