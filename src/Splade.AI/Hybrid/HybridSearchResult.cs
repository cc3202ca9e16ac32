namespace Splade.AI.Hybrid;

/// <summary>Describes what a search by a <see cref="HybridRetriever"/> found, and what it searched with.</summary>
/// <param name="Hits">The hits, best first.</param>
/// <param name="SparseQuery">The query's sparse vector, by which a hit's sparse score is explained; null in <see cref="SearchMode.Dense"/>.</param>
/// <param name="QueryTruncated">Whether the query was longer than a model reads, so that its end had no part in the search.</param>
public sealed record HybridSearchResult(IReadOnlyList<HybridHit> Hits, SparseVector? SparseQuery, bool QueryTruncated);
