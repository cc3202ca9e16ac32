using Splade.AI.Evaluation;
using Splade.AI.Search;

namespace Splade.Cli.Evaluation;

/// <summary>Leaves a query's own document out of what is found for it.</summary>
/// <param name="queryIds">The queries that have one.</param>
internal sealed class OwnDocuments(IReadOnlySet<string> queryIds)
{
    public static OwnDocuments For(EvalSettings settings, EvaluationDatasetCheck check) => new(settings.IdenticalIds switch
    {
        IdenticalIds.SameText => check.OwnDocuments,
        IdenticalIds.Always => check.IdenticalIds,
        _ => new HashSet<string>(),
    });

    /// <summary>How many of some queries have one.</summary>
    public int Count(IEnumerable<EvaluationQuery> queries) => queries.Count(query => queryIds.Contains(query.Id));

    /// <summary>What a search finds, to a depth.</summary>
    public IReadOnlyList<SearchHit<string>> Search(string queryId, int depth, Func<int, IReadOnlyList<SearchHit<string>>> search) =>
        queryIds.Contains(queryId) ? [.. search(depth + 1).Where(hit => hit.Key != queryId).Take(depth)] : search(depth);

    /// <summary>The same of a run that was read.</summary>
    public RetrievalRun LeaveOut(RetrievalRun run) => run.WithoutIdenticalIds(queryIds);
}
