using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Latency;

namespace Splade.Benchmarks.Searching;

/// <summary>How much of the best an approximate search finds, and how long it takes.</summary>
internal static class ApproximateTable
{
    private const int Rounds = 5;

    private static readonly SparseApproximation[] Settings =
    [
        new(),
        new() { BoundFactor = 0.95f },
        new() { QueryTerms = 24, BoundFactor = 0.9f },
        new() { QueryTerms = 16, BoundFactor = 1f },
        new() { QueryTerms = 16, BoundFactor = 0.9f },
        new() { QueryTerms = 16, BoundFactor = 0.8f },
        new() { QueryTerms = 10, BoundFactor = 0.7f },
    ];

    public static string Measure(SparseVector[] documents, IReadOnlyList<SparseVector> queries)
    {
        var index = new SparseIndex<int>(new SearchIndexOptions { SearchThreads = 1 });
        index.Upsert(documents.Select((document, row) => (row, document)));
        HashSet<int>[] best = [.. queries.Select(query => index.Search(query, SearchRun.Top).Select(hit => hit.Key).ToHashSet())];
        var table = new StringBuilder()
            .AppendLine("| approximate search, 1 thread | p50 | p99 | recall of the best ten |")
            .AppendLine("|---|---:|---:|---:|");
        foreach (SparseApproximation setting in Settings)
        {
            Percentiles times = SearchTimes.Measure(queries, Rounds, query => index.SearchApproximately(query, setting, SearchRun.Top));
            double recall = queries.Select((query, i) =>
                index.SearchApproximately(query, setting, SearchRun.Top).Count(hit => best[i].Contains(hit.Key)) / (double)best[i].Count).Average();
            string name = $"{setting.QueryTerms?.ToString(CultureInfo.InvariantCulture) ?? "all"} terms, bound factor {setting.BoundFactor.ToString(CultureInfo.InvariantCulture)}";
            table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {times.Median:N3} | {times.At(0.99):N3} | {recall:N4} |");
        }

        index.Dispose();
        return table.ToString();
    }
}
