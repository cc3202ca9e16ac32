using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Guarding;

/// <summary>Something that is promised to be fast.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Floor">
/// How many times the obvious way it must be at least, by medians: a third of what was measured, since machines are noisy and differ, so that only a change that
/// halves the speed of most machines, or worse, is below it.
/// </param>
/// <param name="Make">Prepares both: the obvious way first, then the library's.</param>
internal sealed record Promise(string Name, double Floor, Func<(Contender Obvious, Contender Ours)> Make);
