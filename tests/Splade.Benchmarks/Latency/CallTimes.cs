namespace Splade.Benchmarks.Latency;

/// <summary>What callers saw.</summary>
/// <param name="Milliseconds">What each call took.</param>
/// <param name="PerSecond">How many calls of all callers ended in a second.</param>
internal sealed record CallTimes(Percentiles Milliseconds, double PerSecond);
