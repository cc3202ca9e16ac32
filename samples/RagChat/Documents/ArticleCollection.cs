namespace RagChat.Documents;

/// <summary>What was found in a folder.</summary>
/// <param name="Articles">The readable articles, ordered by id.</param>
/// <param name="Skipped">What could not be read, ordered by path.</param>
internal sealed record ArticleCollection(IReadOnlyList<Article> Articles, IReadOnlyList<SkippedFile> Skipped);
