namespace Splade.AI.Evaluation;

/// <summary>Specifies the measure of a run. <see cref="RankingMetrics"/> has the definitions.</summary>
public enum EvaluationMetric
{
    /// <summary>nDCG over the first 10 ranks.</summary>
    NdcgAt10,

    /// <summary>Mean reciprocal rank of the first relevant document within the first 10 ranks.</summary>
    MrrAt10,

    /// <summary>Recall within the first 100 ranks.</summary>
    RecallAt100,

    /// <summary>Mean average precision over all ranks of the run.</summary>
    Map,
}
