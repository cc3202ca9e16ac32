namespace Splade.AI.Explanation;

/// <summary>Represents a row of the table in an <see cref="ExplanationReport"/>. Immutable.</summary>
/// <param name="Term">The term, or what is summed up.</param>
/// <param name="Numbers">The numbers, the more important ones last; empty where there is none.</param>
/// <param name="Bar">The last number as a bar of block characters, at most eight; empty where there is none.</param>
/// <param name="Sources">The words that the term comes from, and what a policy did to it, a cell for each text; none where that is not known.</param>
public sealed record ReportRow(ReportRun Term, IReadOnlyList<string> Numbers, string Bar, IReadOnlyList<ReportRun> Sources);
