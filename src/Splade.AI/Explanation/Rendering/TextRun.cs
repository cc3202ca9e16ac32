using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering;

/// <summary>A part of a text that is shown in one way.</summary>
/// <param name="Span">The part, not empty.</param>
/// <param name="Highlight">What is highlighted there, if anything.</param>
internal readonly record struct TextRun(TokenOffset Span, Highlight? Highlight);
