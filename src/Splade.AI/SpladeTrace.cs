using Splade.AI.Explanation;
using Splade.AI.Onnx.Tracing;

namespace Splade.AI;

/// <summary>A vector, and which tokens gave its entries their weights.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Tokens">For each entry, in their order, the tokens that give it most; null if they cannot be had.</param>
/// <param name="Obstacle">Why they cannot be had, as a sentence; null if they can.</param>
internal sealed record SpladeTrace(SparseVector Vector, TokenActivation[][]? Tokens, string? Obstacle)
{
    /// <summary>The same in terms of the text.</summary>
    public TermSources ToSources(TextTokens tokens) => new()
    {
        Obstacle = Obstacle,
        ByTerm = Tokens is null ? null : Enumerable.Range(0, Tokens.Length)
            .Where(i => Tokens[i].Length > 0)
            .ToDictionary(i => Vector.Indices[i], i => Array.ConvertAll(Tokens[i], t => tokens.Source(t.Position, t.Activation))),
    };
}
