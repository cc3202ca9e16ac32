namespace Splade.AI.Evaluation;

/// <summary>Represents a comparison of the documents, the queries and the judgments of a test collection. Immutable.</summary>
public sealed record EvaluationDatasetCheck
{
    /// <summary>Gets the number of documents.</summary>
    public required int Documents { get; init; }

    /// <summary>Gets the queries whose id is that of a document. BEIR leaves such a document out of what is found for its query.</summary>
    public required IReadOnlySet<string> IdenticalIds { get; init; }

    /// <summary>Gets those of <see cref="IdenticalIds"/> whose text is that document's too: the query itself, which every system finds first.</summary>
    public required IReadOnlySet<string> OwnDocuments { get; init; }

    /// <summary>Gets the number of documents in the judgments that are not in the corpus. A relevant one counts as not found.</summary>
    public required int UnknownDocuments { get; init; }

    /// <summary>Gets the number of queries in the judgments that are not among the queries.</summary>
    public required int UnknownQueries { get; init; }

    /// <summary>Gets sentences on what is odd but can be evaluated, with file and line.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Gets a sentence on the first id with a blank in it, which no file of TREC can hold, with file and line; null if there is none.</summary>
    public string? IdWithBlank { get; init; }
}
