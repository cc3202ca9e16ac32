namespace Splade.Benchmarks.Commands;

/// <summary>A command that the program calls in another process of itself, and that the help does not show.</summary>
internal sealed record ChildCommand(string Name, IReadOnlyList<BenchmarkOption> Options, Action<Arguments> Run);
