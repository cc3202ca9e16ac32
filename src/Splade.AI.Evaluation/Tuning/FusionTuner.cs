using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>Picks the method and the weights of a fusion from judged queries, and says honestly what that gains.</summary>
/// <remarks>
/// Every method of <see cref="HybridFusion"/> is tried with weights in steps of 0.05, and each side alone, by mean nDCG@10; of equals the
/// one closer to the default is taken. Theoretical min-max, which takes -1 for the lowest dense score, is left out where a score is lower, as
/// a dot product of vectors of any length may be; <see cref="FusionTuning.LeftOut"/> says so. The gain is measured by cross-validation: the
/// queries are dealt into five folds (as many as there are, if fewer) by a seed, and each fold is ranked with the fusion that was best on the
/// others. Stateless; thread-safe.
/// </remarks>
public static class FusionTuner
{
    private const int MinQueries = 2;

    /// <summary>Tries all fusions on judged queries, and computes the gain of the choice by cross-validation.</summary>
    /// <param name="queries">The queries, at least two.</param>
    /// <param name="options">The seed of the folds, and how the interval of the gain is found; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentException">There are fewer than two queries.</exception>
    public static FusionTuning Tune(
        IReadOnlyList<JudgedCandidates> queries, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        if (queries.Count < MinQueries)
        {
            throw new ArgumentException($"Found {queries.Count} judged queries, expected at least {MinQueries}.", nameof(queries));
        }

        options ??= new BootstrapOptions();
        IReadOnlyList<HybridFusion> grid = FusionGrid.For(queries);
        double[][] values = [.. grid.Select(fusion => Measure(fusion, queries, cancellationToken))];
        var heldOut = CrossValidation.Of(grid, values, queries.Count, options.Seed);
        TunedFusion[] tried = [.. grid.Select((fusion, i) => new TunedFusion(fusion, values[i].Average())).OrderByDescending(t => t.Mean)];
        return new FusionTuning(
            tried, [.. queries.Select(query => query.QueryId)], heldOut, PairedComparison.Of(heldOut.Values, values[0], options));
    }

    private static double[] Measure(HybridFusion fusion, IReadOnlyList<JudgedCandidates> queries, CancellationToken cancellationToken)
    {
        double[] values = new double[queries.Count];
        for (int i = 0; i < values.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyDictionary<string, int> grades = queries[i].Grades;
            int[] ranking = [.. RetrievalRun.Order(fusion.Fuse(queries[i].Candidates)).Select(hit => grades.GetValueOrDefault(hit.Key))];
            values[i] = RunEvaluation.Measure(EvaluationMetric.NdcgAt10, ranking, grades);
        }

        return values;
    }
}
