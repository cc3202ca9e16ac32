using Splade.AI.Evaluation;

namespace Splade.Cli.Evaluation;

/// <summary>One measure of a run.</summary>
/// <param name="Value">The mean over the queries, with its 95 % interval.</param>
/// <param name="ToBestSingle">The difference to the best single run; null for that run itself.</param>
/// <param name="PerQuery">The values.</param>
internal sealed record EvalMeasure(MeanInterval Value, PairedComparison? ToBestSingle, IReadOnlyList<double> PerQuery);
