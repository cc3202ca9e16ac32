namespace Splade.AI.Tokenization;

/// <summary>A run of neighbouring tokens of a text.</summary>
/// <param name="Start">The place of the first token.</param>
/// <param name="End">The place after the last token.</param>
internal readonly record struct TokenWindow(int Start, int End);
