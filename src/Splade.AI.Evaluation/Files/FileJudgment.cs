namespace Splade.AI.Evaluation.Files;

/// <summary>A judgment in a file.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Grade">How relevant the document is to the query.</param>
/// <param name="Line">The number of its line, from 1.</param>
internal readonly record struct FileJudgment(string QueryId, string DocumentId, int Grade, int Line);
