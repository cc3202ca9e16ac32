namespace Splade.AI.Hybrid;

/// <summary>Describes what a search by a <see cref="HybridRetriever"/> found, and what it searched with.</summary>
/// <param name="Hits">The hits, best first.</param>
/// <param name="Query">The query's vectors, by which the scores of hits are explained.</param>
public sealed record HybridSearchResult(IReadOnlyList<HybridHit> Hits, EncodedQuery Query)
{
    /// <summary>Gets the query's sparse vector, of several the first; null in <see cref="SearchMode.Dense"/>.</summary>
    public SparseVector? SparseQuery => Query.Sparse;

    /// <summary>Gets a value indicating whether the query was longer than a model reads, so that its end had no part in the search.</summary>
    public bool QueryTruncated => Query.IsTruncated;
}
