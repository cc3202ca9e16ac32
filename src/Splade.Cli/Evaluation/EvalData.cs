namespace Splade.Cli.Evaluation;

/// <summary>What was evaluated on.</summary>
/// <param name="Folder">The collection.</param>
/// <param name="Qrels">The file of the judgments.</param>
/// <param name="Documents">How many documents there are.</param>
/// <param name="Queries">How many queries were evaluated.</param>
/// <param name="QueriesLeftOut">How many queries have no relevant document.</param>
/// <param name="Depth">How many documents each system returned for a query.</param>
/// <param name="UnknownDocuments">How many documents of the judgments are not in the corpus.</param>
/// <param name="UnknownQueries">How many queries of the judgments are not among the queries.</param>
/// <param name="IdenticalIds">How many of the evaluated queries have the id of a document.</param>
/// <param name="OwnDocumentsLeftOut">Of how many of them this document was left out.</param>
internal sealed record EvalData(
    string Folder,
    string Qrels,
    int Documents,
    int Queries,
    int QueriesLeftOut,
    int Depth,
    int UnknownDocuments,
    int UnknownQueries,
    int IdenticalIds,
    int OwnDocumentsLeftOut);
