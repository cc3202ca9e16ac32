namespace Splade.AI.Tokenization;

/// <summary>How an added token is matched, as its file says it.</summary>
/// <param name="Content">Its text.</param>
/// <param name="SingleWord">Whether it counts only where no word character stands beside it.</param>
/// <param name="Lstrip">Whether it takes the white space before it.</param>
/// <param name="Rstrip">Whether it takes the white space after it.</param>
/// <param name="Normalized">Whether it is looked for in the normalized text.</param>
internal sealed record ListedToken(string Content, bool SingleWord, bool Lstrip, bool Rstrip, bool Normalized);
