using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>A token that was read of a text.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsOfText">Whether it was made of the text, and not of a prompt or by the model's template.</param>
/// <param name="Span">The part of the text that it stands for, not empty; null if there is none.</param>
internal readonly record struct TextToken(int Id, bool IsOfText, TokenOffset? Span);
