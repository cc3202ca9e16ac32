namespace Splade.Benchmarks.Commands;

/// <summary>An option of a benchmark.</summary>
/// <param name="Name">What to type, with its dashes.</param>
/// <param name="Value">What follows it, for the help; empty for a switch.</param>
/// <param name="Help">One line for the help.</param>
internal sealed record BenchmarkOption(string Name, string Value, string Help)
{
    public bool IsSwitch => Value.Length == 0;
}
