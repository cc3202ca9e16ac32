using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>A part of a text that was read at once, with a vector of its own: see <see cref="LongTextHandling.SlidingWindowPassages"/>.</summary>
/// <param name="Span">
/// Its place in the text: <c>text[Span.Start..Span.End]</c> goes from its first to its last token. (0, 0) for a text without tokens.
/// </param>
/// <param name="Vector">The weights over the model's vocabulary, under the same limits and options as the vector of the text.</param>
/// <param name="TokenCount">How many tokens the model read, special tokens and the prompt's included.</param>
public sealed record SpladePassage(TokenOffset Span, SparseVector Vector, int TokenCount);
