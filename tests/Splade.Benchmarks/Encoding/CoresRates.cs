namespace Splade.Benchmarks.Encoding;

/// <summary>What a process measured of itself.</summary>
/// <param name="Processors">How many processors it found.</param>
/// <param name="DocumentsPerSecond">Its speed, for each round.</param>
internal sealed record CoresRates(int Processors, double[] DocumentsPerSecond);
