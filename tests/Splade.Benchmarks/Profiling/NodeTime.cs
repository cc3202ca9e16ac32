namespace Splade.Benchmarks.Profiling;

/// <summary>The shortest time that a node of a graph took.</summary>
/// <param name="Name">The node.</param>
/// <param name="Operator">What it computes, for example <c>MatMul</c>.</param>
/// <param name="Milliseconds">The shortest time.</param>
internal sealed record NodeTime(string Name, string Operator, double Milliseconds);
