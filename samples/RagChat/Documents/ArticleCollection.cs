using RagChat.Files;

namespace RagChat.Documents;

/// <summary>What was found in a folder.</summary>
/// <param name="Articles">The readable articles, ordered by their files' paths.</param>
/// <param name="Skipped">What could not be read, ordered by path.</param>
/// <param name="Remarks">What was passed over on purpose, or read otherwise than its name says.</param>
internal sealed record ArticleCollection(IReadOnlyList<Article> Articles, IReadOnlyList<SkippedFile> Skipped, IReadOnlyList<string> Remarks);
