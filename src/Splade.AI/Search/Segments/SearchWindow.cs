namespace Splade.AI.Search.Segments;

/// <summary>A window to search.</summary>
/// <param name="Query">The query, for the window's segment.</param>
/// <param name="Window">The window.</param>
/// <param name="IsHit">Whether a row of the segment may be a hit; null for all.</param>
/// <param name="FirstPosition">The position of the segment's first row.</param>
internal readonly record struct SearchWindow(SegmentQuery Query, int Window, Func<int, bool>? IsHit, long FirstPosition);
