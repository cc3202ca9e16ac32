namespace Splade.Cli.Evaluation;

/// <summary>Which legs are fused by their ranks: every subset of two or more, but for a pair of one sparse and one dense, which has fusions of its own.</summary>
internal static class LegSubsets
{
    /// <summary>The subsets, small ones first, in the order of the legs.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> legs) => Enumerable.Range(0, 1 << legs.Count)
        .Select(bits => (IReadOnlyList<T>)[.. legs.Where((_, i) => (bits & (1 << i)) != 0)])
        .Where(subset => subset.Count >= 2 && !IsPair(subset, legs))
        .OrderBy(subset => subset.Count);

    public static string NameOf(IReadOnlyList<string> names) => string.Join('+', names);

    // The first leg and the last one, which is the dense one where there is one: rrf.
    private static bool IsPair<T>(IReadOnlyList<T> subset, IReadOnlyList<T> legs) =>
        subset.Count == 2 && ReferenceEquals(subset[0], legs[0]) && ReferenceEquals(subset[1], legs[^1]) && IsDense(legs[^1]);

    private static bool IsDense<T>(T leg) => leg is DenseVectorsOfTexts or DenseVectorsOfTexts.SystemName;
}
