namespace Splade.AI.Search;

/// <summary>A row and its score.</summary>
/// <param name="Score">The score; higher is better.</param>
/// <param name="Position">The row's place in the order of insertion.</param>
internal readonly record struct RankedRow(float Score, long Position);
