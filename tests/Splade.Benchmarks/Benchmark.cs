using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks;

/// <summary>A command of the benchmark program.</summary>
/// <param name="Name">What to type.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="Run">Measures.</param>
internal sealed record Benchmark(string Name, string Summary, Func<Arguments, Report> Run)
{
    /// <summary>What every benchmark takes.</summary>
    public static readonly IReadOnlyList<BenchmarkOption> Common =
    [
        new("--output", "FILE", "write the tables to FILE too"),
        new("--save", "", "write the tables to benchmarks/MACHINE/NAME.md too"),
    ];

    /// <summary>What it takes besides.</summary>
    public IReadOnlyList<BenchmarkOption> Options { get; init; } = [];

    /// <summary>Whether it takes words that are no options.</summary>
    public bool TakesFilter { get; init; }
}
