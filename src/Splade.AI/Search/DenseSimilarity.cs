namespace Splade.AI.Search;

/// <summary>The functions that dense vectors are indexed by.</summary>
internal static class DenseSimilarity
{
    /// <exception cref="ArgumentOutOfRangeException">Dense vectors are not indexed by that function.</exception>
    public static SimilarityFunction Require(SimilarityFunction similarity, string parameter) => similarity is SimilarityFunction.Cosine or SimilarityFunction.Dot
        ? similarity
        : throw new ArgumentOutOfRangeException(
            parameter, similarity, $"Expected {SimilarityFunction.Cosine} or {SimilarityFunction.Dot}: dense vectors are not indexed by other functions.");

    /// <summary>The function's name in the files of indexes and stores, which are older than this one name for both.</summary>
    public static string NameInFiles(SimilarityFunction similarity) => similarity == SimilarityFunction.Dot ? "DotProduct" : $"{similarity}";
}
