namespace Splade.Benchmarks.Commands;

/// <summary>What the program can do.</summary>
/// <param name="Benchmarks">What users call.</param>
/// <param name="Children">What the program calls in another process of itself.</param>
internal sealed record CommandList(IReadOnlyList<Benchmark> Benchmarks, IReadOnlyList<ChildCommand> Children);
