namespace Splade.AI.Explanation;

/// <summary>A word to search with, beside or instead of a query. Immutable.</summary>
/// <param name="Text">The word: as the query writes it, or as people write what was added.</param>
/// <param name="Weight">Its weight in the query's vector, greater than zero; of a word of several tokens, their sum.</param>
/// <param name="Origin">Whether the query has it, or the model or the vocabulary policy added it.</param>
public sealed record ExpandedKeyword(string Text, double Weight, TermOrigin Origin);
