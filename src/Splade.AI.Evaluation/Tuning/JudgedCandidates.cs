using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>Represents the candidates of a query whose relevant documents are known: an example to tune a fusion by. Immutable.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="Candidates">What both sides found, scored on both where that is possible.</param>
/// <param name="Grades">The grades of the judged documents, at least one above 0.</param>
public sealed record JudgedCandidates(string QueryId, HybridCandidates<string> Candidates, IReadOnlyDictionary<string, int> Grades);
