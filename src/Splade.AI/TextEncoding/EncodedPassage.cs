using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding;

/// <summary>What became of one window of a text.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Vector">Its vector.</param>
/// <param name="TokenCount">How many tokens the model read, special tokens and the prompt's included.</param>
internal sealed record EncodedPassage<TVector>(TokenOffset Span, TVector Vector, int TokenCount)
{
    /// <summary>The tokens of the text in it, as in <see cref="EncodedText{TVector}.TextIds"/>; empty where nobody asked.</summary>
    public int[] TextIds { get; init; } = [];
}
