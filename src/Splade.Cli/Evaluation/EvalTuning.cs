using Splade.AI.Evaluation;

namespace Splade.Cli.Evaluation;

/// <summary>How the fusion was tuned, by nDCG@10.</summary>
/// <param name="Best">The fusion that is best on all queries.</param>
/// <param name="Method">Its method.</param>
/// <param name="SparseWeight">Its weight of the sparse side.</param>
/// <param name="DenseWeight">Its weight of the dense side.</param>
/// <param name="MeanOnAllQueries">Its mean, flattered by the choice.</param>
/// <param name="MeanHeldOut">The mean on queries that the fusion was not chosen by.</param>
/// <param name="GainOverRrf">The gain on such queries over reciprocal rank fusion with k = 60.</param>
/// <param name="FoldChoices">What was chosen without each fold.</param>
/// <param name="Tried">All fusions that were tried, by their descriptions, with their means on all queries, the best first.</param>
internal sealed record EvalTuning(
    string Best,
    AI.Hybrid.FusionMethod Method,
    float SparseWeight,
    float DenseWeight,
    double MeanOnAllQueries,
    double MeanHeldOut,
    PairedComparison GainOverRrf,
    IReadOnlyList<string> FoldChoices,
    IReadOnlyDictionary<string, double> Tried);
