namespace Splade.AI.Explanation;

/// <summary>Represents a text with its highlights in an <see cref="ExplanationReport"/>. Immutable.</summary>
/// <param name="Title">What the text is.</param>
/// <param name="Runs">The text in parts, one after another, as far as it was read.</param>
public sealed record ReportText(string Title, IReadOnlyList<ReportRun> Runs);
