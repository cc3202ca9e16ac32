using Splade.AI.Evaluation;
using Splade.AI.Evaluation.Tuning;

namespace Splade.Cli.Evaluation;

/// <summary>Measures runs and compares them with the best one that is no fusion.</summary>
internal sealed class EvalReporter(EvalSettings settings, CheckedData data, CancellationToken cancellationToken)
{
    public EvalReport Report(IReadOnlyList<EvaluatedSystem> systems, IReadOnlyList<RetrievalRun> others)
    {
        EvaluatedSystem[] all = [.. systems, .. others.Select(run => new EvaluatedSystem(run, "read from a file", IsSingle: true))];
        string[] queryIds = [.. data.Queries.Select(query => query.Id)];
        RunEvaluation[] evaluations = [.. all.Select(system => RunEvaluation.Of(system.Run, data.Dataset.Judgments, queryIds))];
        RunEvaluation best = evaluations.Zip(all).Where(pair => pair.Second.IsSingle).Select(pair => pair.First).MaxBy(e => e.MeanOf(EvaluationMetric.NdcgAt10))!;
        return new EvalReport(
            data.Describe(settings),
            queryIds,
            best.Name,
            [.. all.Zip(evaluations, (system, evaluation) => Run(system, evaluation, best))],
            all.Select(system => system.Tuning).OfType<FusionTuning>().Select(Tuning).FirstOrDefault());
    }

    private EvalRun Run(EvaluatedSystem system, RunEvaluation evaluation, RunEvaluation best)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new EvalRun(
            system.Run.Name,
            system.Description,
            system.IsSingle,
            RunEvaluation.Metrics.ToDictionary(MeasureNames.Key, metric => Measure(evaluation, best, metric)),
            system.Cost,
            system.TruncatedDocuments);
    }

    private static EvalMeasure Measure(RunEvaluation evaluation, RunEvaluation best, EvaluationMetric metric)
    {
        IReadOnlyList<double> values = evaluation.ValuesOf(metric);
        PairedComparison? comparison = evaluation == best ? null : PairedComparison.Of(values, best.ValuesOf(metric));
        return new EvalMeasure(MeanInterval.Of(values), comparison, values);
    }

    private static EvalTuning Tuning(FusionTuning tuning) => new(
        tuning.Best.Fusion.Description,
        tuning.Best.Fusion.Method,
        tuning.Best.Fusion.SparseWeight,
        tuning.Best.Fusion.DenseWeight,
        tuning.Best.Mean,
        tuning.HeldOutMean,
        tuning.Gain,
        [.. tuning.FoldChoices.Select(choice => choice.Description)],
        new OrderedDictionary<string, double>(tuning.Tried.Select(tried => KeyValuePair.Create(tried.Fusion.Description, tried.Mean))));
}
