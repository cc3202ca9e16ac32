namespace Splade.AI.Tokenization.Models;

/// <summary>A symbol of a word, and the code units of the word that it stands for.</summary>
internal record struct BpeSymbol(int Id, int Start, int End);
