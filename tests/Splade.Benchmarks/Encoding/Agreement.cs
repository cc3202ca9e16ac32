using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>How far the vectors of a contender are from those of another one.</summary>
internal sealed record Agreement
{
    /// <summary>The largest difference of two values that count as the same.</summary>
    public const float Tolerance = 2e-5f;

    /// <summary>Entries below this may come and go.</summary>
    public const float Negligible = 1e-5f;

    private const int Top = 10;

    /// <summary>The largest difference of two values.</summary>
    public float LargestDifference { get; private init; }

    /// <summary>Entries of either vector that the other lacks, though they are not negligible.</summary>
    public int EntriesApart { get; private init; }

    /// <summary>The mean cosine of a pair of vectors.</summary>
    public double MeanCosine { get; private init; }

    /// <summary>Which share of the ten heaviest entries a pair of vectors has in common, on average.</summary>
    public double MeanTopOverlap { get; private init; }

    /// <summary>How many entries the vectors have, on average.</summary>
    public double MeanEntries { get; private init; }

    /// <summary>Whether the vectors are the same.</summary>
    public bool IsSame => EntriesApart == 0 && LargestDifference <= Tolerance;

    public static Agreement Of(IReadOnlyList<SparseVector> expected, IReadOnlyList<SparseVector> actual)
    {
        (SparseVector Expected, SparseVector Actual)[] pairs = [.. expected.Zip(actual)];
        return expected.Count != actual.Count
            ? throw new InvalidOperationException($"{actual.Count} vectors, expected {expected.Count}.")
            : new Agreement
            {
                LargestDifference = pairs.Max(p => Differences(p.Expected, p.Actual).DefaultIfEmpty().Max()),
                EntriesApart = pairs.Sum(p => Apart(p.Expected, p.Actual) + Apart(p.Actual, p.Expected)),
                MeanCosine = pairs.Average(p => p.Expected.Cosine(p.Actual)),
                MeanTopOverlap = pairs.Average(p => TopOverlap(p.Expected, p.Actual)),
                MeanEntries = actual.Average(v => v.Count),
            };
    }

    private static IEnumerable<float> Differences(SparseVector expected, SparseVector actual) =>
        expected.Indices.ToArray().Union(actual.Indices.ToArray()).Select(i => Math.Abs(expected[i] - actual[i]));

    private static int Apart(SparseVector one, SparseVector other) =>
        one.Indices.ToArray().Count(i => one[i] >= Negligible && other[i] == 0);

    private static double TopOverlap(SparseVector expected, SparseVector actual)
    {
        int[] heaviest = expected.TopK(Top).Indices.ToArray();
        return heaviest.Length == 0 ? 1 : (double)heaviest.Intersect(actual.TopK(Top).Indices.ToArray()).Count() / heaviest.Length;
    }
}
