namespace Splade.AI.Tokenization;

/// <summary>Where an added token stands in a text, with the white space that it takes.</summary>
internal readonly record struct AddedTokenMatch(int Id, int Start, int End);
