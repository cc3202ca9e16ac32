using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>What cross-validation found: for each query the fusion chosen without it and its value, and the choice of each fold.</summary>
internal sealed record HeldOutResult(double[] Values, HybridFusion[] Fusions, HybridFusion[] Choices);
