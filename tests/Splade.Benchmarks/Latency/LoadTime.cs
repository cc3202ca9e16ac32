namespace Splade.Benchmarks.Latency;

/// <summary>What a new process took, in milliseconds.</summary>
/// <param name="Load">To load the model.</param>
/// <param name="FirstResult">To load it and to encode one query.</param>
internal sealed record LoadTime(double Load, double FirstResult);
