using Splade.AI.Evaluation;

namespace Splade.Cli.Evaluation;

/// <summary>One run in the report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="IsSingle">Whether it is no fusion of others.</param>
/// <param name="Measures">Its measures, by name.</param>
/// <param name="Cost">What its sparse vectors cost; null for other runs.</param>
/// <param name="TruncatedDocuments">How many documents were longer than its model reads; null for a run without a model.</param>
internal sealed record EvalRun(
    string Name, string Description, bool IsSingle, IReadOnlyDictionary<string, EvalMeasure> Measures, SparseCost? Cost, int? TruncatedDocuments);
