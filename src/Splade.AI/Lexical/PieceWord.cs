namespace Splade.AI.Lexical;

/// <summary>A word that was put together from the pieces that a tokenizer cut it into.</summary>
/// <param name="Text">The word as the tokenizer left it, for example in lower case and without accents.</param>
/// <param name="Pieces">The positions of its pieces among the tokens.</param>
internal sealed record PieceWord(string Text, IReadOnlyList<int> Pieces);
