using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using Splade.AI;
using Splade.AI.Search;
using Splade.Benchmarks.Latency;

namespace Splade.Benchmarks.Searching;

/// <summary>How long the best ten of many dense vectors take, exactly, against the dot product with each.</summary>
/// <remarks>Vectors gather around a thousand centres, as those of texts do.</remarks>
internal static class DenseSearchTable
{
    private const int Dimensions = 384;
    private const int Centres = 1_000;
    private const int Queries = 50;
    private const int Rounds = 5;

    public static string Measure(int size, IReadOnlyList<int> threads)
    {
        var random = new Random(1);
        float[][] centres = [.. Enumerable.Range(0, Centres).Select(_ => Vector(random, new float[Dimensions]))];
        float[][] documents = [.. Enumerable.Range(0, size).Select(i => Vector(random, centres[i % Centres]))];
        float[][] queries = [.. Enumerable.Range(0, Queries).Select(i => Vector(random, centres[i]))];
        Percentiles each = Times(queries, query => ScoreEach(documents, query));
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{size:N0} dense vectors of {Dimensions} dimensions, by dot product:")
            .AppendLine()
            .AppendLine("| search | p50 | p99 | of scoring each, p50 | exactness |")
            .AppendLine("|---|---:|---:|---:|---:|")
            .AppendLine(CultureInfo.InvariantCulture, $"| scoring each vector, 1 thread | {each.Median:N3} | {each.At(0.99):N3} | 1.000 | |");
        foreach (int count in threads)
        {
            var index = new DenseIndex<int>(SimilarityFunction.Dot, new SearchIndexOptions { SearchThreads = count });
            index.Upsert(documents.Select((document, row) => (row, (ReadOnlyMemory<float>)document)));
            index.ForceMergeAsync().GetAwaiter().GetResult();
            Percentiles times = Times(queries, query => index.Search(query, SearchRun.Top));
            int exact = queries.Count(query => ScoreEach(documents, query).SequenceEqual(index.Search(query, SearchRun.Top).Select(hit => (hit.Key, hit.Score))));
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| Splade.AI, {count} {(count == 1 ? "thread" : "threads")} | {times.Median:N3} | {times.At(0.99):N3} | {times.Median / each.Median:N3} | {(double)exact / Queries:N3} |");
        }

        return table.ToString();
    }

    private static Percentiles Times(IReadOnlyList<float[]> queries, Action<float[]> search) => SearchTimes.Measure(queries, Rounds, search);

    private static (int Row, float Score)[] ScoreEach(float[][] documents, float[] query) =>
        PostingLoop.Best(Array.ConvertAll(documents, document => TensorPrimitives.Dot<float>(document, query)), SearchRun.Top);

    private static float[] Vector(Random random, float[] centre)
    {
        float[] vector = Array.ConvertAll(centre, x => x + (2 * (random.NextSingle() - 0.5f)));
        float norm = TensorPrimitives.Norm<float>(vector);
        return Array.ConvertAll(vector, x => x / norm);
    }
}
