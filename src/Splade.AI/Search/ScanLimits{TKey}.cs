namespace Splade.AI.Search;

/// <summary>Where a search ends.</summary>
/// <param name="Top">How many hits at most, at least 1.</param>
/// <param name="Filter">Which keys may be hits; null for all.</param>
/// <param name="CancellationToken">Ends the search early.</param>
internal readonly record struct ScanLimits<TKey>(int Top, Func<TKey, bool>? Filter, CancellationToken CancellationToken);
