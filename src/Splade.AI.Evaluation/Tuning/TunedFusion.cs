using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>Represents a fusion and its quality on the queries it was tried on.</summary>
/// <param name="Fusion">The fusion.</param>
/// <param name="Mean">Its mean nDCG@10.</param>
public sealed record TunedFusion(HybridFusion Fusion, double Mean);
