using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks;

/// <summary>A command of the benchmark program.</summary>
/// <param name="Name">What to type.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="Run">Measures.</param>
internal sealed record Benchmark(string Name, string Summary, Func<Report> Run);
