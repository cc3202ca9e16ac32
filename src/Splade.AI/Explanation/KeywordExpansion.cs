namespace Splade.AI.Explanation;

/// <summary>A query as words to search with, for engines that search by keywords and know nothing of sparse vectors. Immutable.</summary>
/// <param name="Query">The query.</param>
/// <param name="Keywords">The words, the heaviest first, each once in whatever case.</param>
/// <param name="Truncated">Whether the query's end was not read.</param>
public sealed record KeywordExpansion(string Query, IReadOnlyList<ExpandedKeyword> Keywords, bool Truncated);
