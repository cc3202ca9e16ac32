namespace Splade.AI.Evaluation;

/// <summary>How the documents, the queries and the judgments of a test collection fit together. Immutable.</summary>
public sealed record EvaluationDatasetCheck
{
    /// <summary>How many documents there are.</summary>
    public required int Documents { get; init; }

    /// <summary>The queries whose id is that of a document. BEIR leaves such a document out of what is found for its query.</summary>
    public required IReadOnlySet<string> IdenticalIds { get; init; }

    /// <summary>Those of <see cref="IdenticalIds"/> whose text is that document's too: the query itself, which every system finds first.</summary>
    public required IReadOnlySet<string> OwnDocuments { get; init; }

    /// <summary>How many of the documents in the judgments are not in the corpus. A relevant one counts as not found.</summary>
    public required int UnknownDocuments { get; init; }

    /// <summary>How many of the queries in the judgments are not among the queries.</summary>
    public required int UnknownQueries { get; init; }

    /// <summary>What is odd but can be evaluated, as sentences that name file and line.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The first id with a blank in it, which no file of TREC can hold, as a sentence that names file and line; null if there is none.</summary>
    public string? IdWithBlank { get; init; }
}
