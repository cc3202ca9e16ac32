namespace Splade.AI.Tokenization;

/// <summary>A query and a text as the one sequence that a cross-encoder takes.</summary>
/// <param name="Ids">The ids, those of the template included.</param>
/// <param name="TypeIds">The segment of each; empty where all are 0.</param>
/// <param name="Truncated">Whether tokens of the query or of the text were cut.</param>
internal readonly record struct TokenPair(int[] Ids, int[] TypeIds, bool Truncated);
