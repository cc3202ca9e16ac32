using Splade.AI.Evaluation;

namespace Splade.Cli.Evaluation;

/// <summary>What the measures are called.</summary>
internal static class MeasureNames
{
    /// <summary>For people.</summary>
    public static string Title(EvaluationMetric metric) => metric switch
    {
        EvaluationMetric.NdcgAt10 => "nDCG@10",
        EvaluationMetric.MrrAt10 => "MRR@10",
        EvaluationMetric.RecallAt100 => "recall@100",
        _ => "MAP",
    };

    /// <summary>In JSON.</summary>
    public static string Key(EvaluationMetric metric) => metric switch
    {
        EvaluationMetric.NdcgAt10 => "ndcg_at_10",
        EvaluationMetric.MrrAt10 => "mrr_at_10",
        EvaluationMetric.RecallAt100 => "recall_at_100",
        _ => "map",
    };

    public static EvalMeasure Of(this EvalRun run, EvaluationMetric metric) => run.Measures[Key(metric)];
}
