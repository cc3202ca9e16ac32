using Splade.AI.Evaluation.Files;

namespace Splade.AI.Evaluation;

/// <summary>Compares the files of a test collection with each other.</summary>
/// <param name="corpus">The file of the documents.</param>
/// <param name="queries">The file of the queries.</param>
/// <param name="qrels">The file of the judgments.</param>
internal sealed class DatasetChecker(string corpus, string queries, string qrels)
{
    private readonly HashSet<string> _documents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _identical = new(StringComparer.Ordinal);
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private string? _blank;

    /// <exception cref="InvalidDataException">A line is wrong.</exception>
    public EvaluationDatasetCheck Check(IReadOnlyList<FileJudgment> judgments, CancellationToken cancellationToken)
    {
        Dictionary<string, string> texts = ReadQueries();
        ReadDocuments(texts, cancellationToken);
        var unknownDocuments = UnknownIds.Of(judgments, judgment => judgment.DocumentId, _documents.Contains);
        var unknownQueries = UnknownIds.Of(judgments, judgment => judgment.QueryId, texts.ContainsKey);
        return new EvaluationDatasetCheck
        {
            Documents = _documents.Count,
            IdenticalIds = _identical,
            OwnDocuments = _own,
            UnknownDocuments = unknownDocuments.Count,
            UnknownQueries = unknownQueries.Count,
            IdWithBlank = _blank,
            Warnings = [.. unknownDocuments.Warn(qrels, "document", corpus), .. unknownQueries.Warn(qrels, "query", queries)],
        };
    }

    private Dictionary<string, string> ReadQueries()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((int line, EvaluationQuery query) in BeirFile.ReadQueries(queries))
        {
            texts.Add(query.Id, query.Text.Trim());
            NoteBlank(queries, line, query.Id);
        }

        return texts;
    }

    private void ReadDocuments(Dictionary<string, string> texts, CancellationToken cancellationToken)
    {
        foreach ((int line, EvaluationDocument document) in BeirFile.ReadDocuments(corpus))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _documents.Add(document.Id);
            NoteBlank(corpus, line, document.Id);
            if (texts.TryGetValue(document.Id, out string? text))
            {
                _identical.Add(document.Id);
                _ = (text == document.Text.Trim() || text == document.FullText.Trim()) && _own.Add(document.Id);
            }
        }
    }

    private void NoteBlank(string path, int line, string id) =>
        _blank ??= Blanks.Has(id) ? $"{path}, line {line}: The id '{id}' has a blank in it." : null;
}
