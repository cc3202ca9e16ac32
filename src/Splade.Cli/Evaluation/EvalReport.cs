namespace Splade.Cli.Evaluation;

/// <summary>What `splade eval` found.</summary>
/// <param name="Data">What was evaluated on.</param>
/// <param name="QueryIds">The queries, in the order of the values per query.</param>
/// <param name="BestSingle">The run with the highest nDCG@10 of those that are no fusion; the others are compared with it.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Tuning">How the fusion was tuned; null without one.</param>
internal sealed record EvalReport(EvalData Data, IReadOnlyList<string> QueryIds, string BestSingle, IReadOnlyList<EvalRun> Runs, EvalTuning? Tuning);
