using Splade.AI.Evaluation;
using Splade.Cli.Terminal;

namespace Splade.Cli.Evaluation;

/// <summary>A test collection whose files were read and compared, before anything is encoded.</summary>
/// <param name="Dataset">The collection.</param>
/// <param name="Check">How its files fit together.</param>
/// <param name="Queries">The queries that are evaluated.</param>
/// <param name="Own">Their own documents.</param>
internal sealed record CheckedData(EvaluationDataset Dataset, EvaluationDatasetCheck Check, EvaluationQuery[] Queries, OwnDocuments Own)
{
    /// <exception cref="CommandFailedException">Runs are to be written, and an id is none for their files.</exception>
    public static CheckedData Open(EvalSettings settings, CancellationToken cancellationToken)
    {
        var dataset = EvaluationDataset.Open(settings.Data, settings.Qrels);
        EvaluationDatasetCheck check = dataset.Check(cancellationToken);
        if (settings.RunOut is not null && check.IdWithBlank is string problem)
        {
            throw new CommandFailedException($"{problem} Files of TREC cannot hold it: leave out --run-out, or give other ids.");
        }

        foreach (string warning in check.Warnings)
        {
            StandardError.WriteLine(warning);
        }

        EvaluationQuery[] queries = [.. dataset.JudgedQueries.Take(settings.Queries ?? int.MaxValue)];
        return new CheckedData(dataset, check, queries, OwnDocuments.For(settings, check));
    }

    public EvalData Describe(EvalSettings settings) => new(
        settings.Data,
        Dataset.QrelsPath,
        Check.Documents,
        Queries.Length,
        Dataset.Queries.Count - Dataset.JudgedQueries.Count(),
        settings.Depth,
        Check.UnknownDocuments,
        Check.UnknownQueries,
        Queries.Count(query => Check.IdenticalIds.Contains(query.Id)),
        Own.Count(Queries));
}
