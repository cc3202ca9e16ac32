namespace Splade.AI.Evaluation;

/// <summary>Represents the measures of a run, each for each query. Immutable.</summary>
/// <remarks>
/// Queries without a relevant document are left out of every mean, and counted; a query that the run lacks scores 0, so that a run cannot
/// gain by leaving hard ones out (trec_eval's option <c>-c</c>). Safe for concurrent use.
/// </remarks>
public sealed class RunEvaluation
{
    private const int FirstPage = 10;
    private const int Candidates = 100;

    private readonly double[][] _values;

    private RunEvaluation(string name, string[] queryIds, int leftOut, double[][] values)
    {
        Name = name;
        QueryIds = queryIds;
        LeftOut = leftOut;
        _values = values;
    }

    /// <summary>Gets all measures, in the order of reports.</summary>
    public static IReadOnlyList<EvaluationMetric> Metrics { get; } =
        [EvaluationMetric.NdcgAt10, EvaluationMetric.MrrAt10, EvaluationMetric.RecallAt100, EvaluationMetric.Map];

    /// <summary>Gets the run's name.</summary>
    public string Name { get; }

    /// <summary>Gets the queries that were evaluated, in the order they were given.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>Gets the number of given queries that have no relevant document and were left out.</summary>
    public int LeftOut { get; }

    /// <summary>Computes the measures of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="judgments">The judgments.</param>
    /// <param name="queryIds">Which queries count.</param>
    public static RunEvaluation Of(RetrievalRun run, RelevanceJudgments judgments, IEnumerable<string> queryIds)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(judgments);
        ArgumentNullException.ThrowIfNull(queryIds);
        string[] all = [.. queryIds];
        string[] judged = [.. all.Where(judgments.HasRelevant)];
        double[][] values = [.. Metrics.Select(_ => new double[judged.Length])];
        for (int i = 0; i < judged.Length; i++)
        {
            IReadOnlyDictionary<string, int> grades = judgments.GradesOf(judged[i]);
            int[] ranking = [.. run.HitsOf(judged[i]).Select(hit => grades.GetValueOrDefault(hit.Key))];
            foreach (EvaluationMetric metric in Metrics)
            {
                values[(int)metric][i] = Measure(metric, ranking, grades);
            }
        }

        return new RunEvaluation(run.Name, judged, all.Length - judged.Length, values);
    }

    /// <summary>Gets the values of a measure, one for each of <see cref="QueryIds"/>.</summary>
    public IReadOnlyList<double> ValuesOf(EvaluationMetric metric) => _values[(int)metric];

    /// <summary>Computes the mean of a measure over the queries; 0 for no queries.</summary>
    public double MeanOf(EvaluationMetric metric) => _values[(int)metric].DefaultIfEmpty().Average();

    internal static double Measure(EvaluationMetric metric, ReadOnlySpan<int> ranking, IReadOnlyDictionary<string, int> grades) => metric switch
    {
        EvaluationMetric.NdcgAt10 => RankingMetrics.Ndcg(ranking, grades.Values, FirstPage),
        EvaluationMetric.MrrAt10 => RankingMetrics.ReciprocalRank(ranking, FirstPage),
        EvaluationMetric.RecallAt100 => RankingMetrics.Recall(ranking, Relevant(grades), Candidates),
        EvaluationMetric.Map => RankingMetrics.AveragePrecision(ranking, Relevant(grades)),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Expected one of the measures."),
    };

    private static int Relevant(IReadOnlyDictionary<string, int> grades) => grades.Values.Count(grade => grade > 0);
}
