using Splade.AI.Evaluation;

namespace Splade.Cli.Evaluation;

/// <summary>A system that was run here, and what it returned.</summary>
/// <param name="Run">What it returned for each query.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="IsSingle">Whether it ranks by itself, not by fusing others.</param>
internal sealed record EvaluatedSystem(RetrievalRun Run, string Description, bool IsSingle)
{
    /// <summary>What its vectors cost; null for a system without sparse vectors.</summary>
    public SparseCost? Cost { get; init; }

    /// <summary>How many documents were longer than its model reads; null for a system without a model.</summary>
    public int? TruncatedDocuments { get; init; }

    /// <summary>How its fusion was chosen; null for other systems.</summary>
    public AI.Evaluation.Tuning.FusionTuning? Tuning { get; init; }
}
