namespace Splade.AI.Tokenization;

/// <summary>Describes which part of the original text a token stands for, in UTF-16 code units as <see cref="string"/> counts them.</summary>
/// <remarks>Tokens that the model's template adds, such as <c>[CLS]</c>, stand for no text and have (0, 0).</remarks>
/// <param name="Start">Index of the first code unit.</param>
/// <param name="End">Index after the last code unit: <c>text[Start..End]</c> is the source of the token.</param>
public readonly record struct TokenOffset(int Start, int End);
