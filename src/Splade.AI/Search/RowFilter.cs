namespace Splade.AI.Search;

/// <summary>Which rows of one state of a table may be hits, found out once for a search.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="Parts">For each segment the rows that may be hits; none of them has been taken out.</param>
/// <param name="IsHit">Whether a value of the table behind the segments may be one. Called on the calling thread.</param>
internal sealed record RowFilter<TValue>(IReadOnlyList<RowMask> Parts, Func<TValue, bool> IsHit);
