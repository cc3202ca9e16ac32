using Splade.AI.Explanation;

namespace Splade.AI;

/// <summary>A vector as a <see cref="SpladeEngine"/> gives it, and what its policy has done to it.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Policy">What was done, as far as it is known.</param>
internal sealed record FinishedVector(SparseVector Vector, AppliedPolicy Policy);
