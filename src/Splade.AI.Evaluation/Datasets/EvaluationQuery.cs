namespace Splade.AI.Evaluation;

/// <summary>Represents a query of a test collection. Immutable.</summary>
/// <param name="Id">Its name, by which judgments and runs refer to it.</param>
/// <param name="Text">Its text.</param>
public sealed record EvaluationQuery(string Id, string Text);
