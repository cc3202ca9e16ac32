using Splade.AI.Evaluation.Files;
using Splade.AI.Search;

namespace Splade.AI.Evaluation;

/// <summary>Represents the results of a system for each of many queries. Immutable.</summary>
/// <remarks>
/// Hits are in the order in which trec_eval reads them, whatever order they come in: by score, and of equal scores the one whose id
/// is the greater by ordinal. Safe for concurrent use.
/// </remarks>
public sealed class RetrievalRun
{
    private readonly Dictionary<string, IReadOnlyList<SearchHit<string>>> _hits = new(StringComparer.Ordinal);

    /// <summary>Initializes a run from the results of a system.</summary>
    /// <param name="name">The system's name, not empty and without spaces.</param>
    /// <param name="results">For each query the ids of documents with their scores, in any order.</param>
    /// <exception cref="ArgumentException">The name breaks the rule above, a query or a document comes twice, or a score is not a number.</exception>
    public RetrievalRun(string name, IEnumerable<(string QueryId, IEnumerable<SearchHit<string>> Hits)> results)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(results);
        if (Blanks.Has(name))
        {
            throw new ArgumentException($"The run's name is '{name}', expected one without spaces: they separate the columns of run files.", nameof(name));
        }

        Name = name;
        foreach ((string queryId, IEnumerable<SearchHit<string>> hits) in results)
        {
            if (!_hits.TryAdd(queryId, Ranked(queryId, hits, nameof(results))))
            {
                throw new ArgumentException($"Query '{queryId}' comes twice, expected each once.", nameof(results));
            }
        }
    }

    /// <summary>Gets the system's name.</summary>
    public string Name { get; }

    /// <summary>Gets the queries that the system was asked, in the order they came in.</summary>
    public IEnumerable<string> QueryIds => _hits.Keys;

    /// <summary>Gets the hits of a query, best first; none for a query that the system was not asked.</summary>
    public IReadOnlyList<SearchHit<string>> HitsOf(string queryId) => _hits.TryGetValue(queryId, out IReadOnlyList<SearchHit<string>>? hits) ? hits : [];

    /// <summary>Returns the run without documents that have the id of their own query, in collections whose queries are documents too.</summary>
    /// <param name="queryIds">The queries whose own documents are left out; null for all, as BEIR's option <c>ignore_identical_ids</c> does.</param>
    /// <remarks>
    /// Numbers are ids too: where queries and documents are both counted from 1, a document may have a query's id and nothing else in common with
    /// it. <see cref="EvaluationDatasetCheck.OwnDocuments"/> tells the two apart.
    /// </remarks>
    public RetrievalRun WithoutIdenticalIds(IReadOnlySet<string>? queryIds = null) => new(
        Name, _hits.Select(pair => (pair.Key, pair.Value.Where(hit => hit.Key != pair.Key || queryIds?.Contains(pair.Key) is false))));

    /// <summary>Sorts hits into the order of trec_eval.</summary>
    internal static IEnumerable<SearchHit<string>> Order(IEnumerable<SearchHit<string>> hits) =>
        hits.OrderByDescending(hit => hit.Score).ThenByDescending(hit => hit.Key, StringComparer.Ordinal);

    private static SearchHit<string>[] Ranked(string queryId, IEnumerable<SearchHit<string>> hits, string parameter)
    {
        SearchHit<string>[] ranked = [.. Order(hits)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string id, float score) in ranked)
        {
            if (float.IsNaN(score) || !seen.Add(id))
            {
                string problem = float.IsNaN(score) ? "has a score that is not a number" : "comes twice";
                throw new ArgumentException($"Document '{id}' {problem} for query '{queryId}'.", parameter);
            }
        }

        return ranked;
    }
}
