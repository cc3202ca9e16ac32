using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Latency;

namespace Splade.Benchmarks.Searching;

/// <summary>What positions over all integers cost, against the same words numbered from 0, and what the inverse document frequency adds.</summary>
internal static class HashedWordsTable
{
    private const int Queries = 200;
    private const int Rounds = 5;

    public static string Measure(int size)
    {
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{size:N0} documents of about 70 different words of a million, and queries of 6, one thread.")
            .AppendLine()
            .AppendLine("| positions | built in s | KB on disk | KB resident | p50 | p99 | exactness |")
            .AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (bool isHashed in new[] { false, true })
        {
            (SparseVector[] documents, SparseVector[] queries) = Generate(size, isHashed);
            SearchRun run = SearchRun.Measure(documents, queries, [1]);
            Percentiles times = run.Times[0].Milliseconds;
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {(isHashed ? "hashes" : "numbers")} | {run.BuildSeconds:N2} | {(double)run.DiskBytes / size / 1024:N3} "
                + $"| {(double)run.Growth / size / 1024:N3} | {times.Median:N3} | {times.At(0.99):N3} | {run.Exactness:N3} |");
        }

        return table.AppendLine().Append(MeasureIdf(size)).ToString();
    }

    private static string MeasureIdf(int size)
    {
        (SparseVector[] documents, SparseVector[] queries) = Generate(size, isHashed: true);
        var table = new StringBuilder().AppendLine("| hashes, in memory | p50 | p99 |").AppendLine("|---|---:|---:|");
        foreach (double removed in new[] { 0, 0.2 })
        {
            foreach (bool suppliesIdf in new[] { false, true })
            {
                using var index = new SparseIndex<int>(new SearchIndexOptions { SearchThreads = 1, SuppliesIdf = suppliesIdf });
                index.Upsert(documents.Select((document, row) => (row, document)));
                index.Remove(Enumerable.Range(0, (int)(size * removed)));
                Percentiles times = SearchTimes.Measure(queries, Rounds, query => index.Search(query, SearchRun.Top));
                table.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"| {(suppliesIdf ? "multiplied by IDF" : "as they are")}, {removed:P0} taken out | {times.Median:N3} | {times.At(0.99):N3} |");
            }
        }

        return table.ToString();
    }

    private static (SparseVector[] Documents, SparseVector[] Queries) Generate(int size, bool isHashed)
    {
        var generated = new GeneratedWords(seed: 1, isHashed);
        return ([.. Enumerable.Range(0, size).Select(_ => generated.Document())], [.. Enumerable.Range(0, Queries).Select(_ => generated.Query())]);
    }
}
