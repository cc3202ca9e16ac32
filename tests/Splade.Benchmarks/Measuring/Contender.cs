namespace Splade.Benchmarks.Measuring;

/// <summary>One of several ways to do the same work.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Run">Does the work once and returns how many units of it were done.</param>
internal sealed record Contender(string Name, Func<long> Run);
