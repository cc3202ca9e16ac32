namespace Splade.AI.Search;

/// <summary>Which hits of a search are wanted.</summary>
/// <param name="Top">How many at most, at least 1.</param>
/// <param name="Filter">Which keys may be hits; null for all.</param>
/// <param name="MinimumScore">What a score must reach.</param>
/// <param name="Skip">How many of the best are left out.</param>
/// <param name="CancellationToken">Ends the search early.</param>
internal readonly record struct SearchLimits<TKey>(int Top, Func<TKey, bool>? Filter, float MinimumScore, int Skip, CancellationToken CancellationToken);
