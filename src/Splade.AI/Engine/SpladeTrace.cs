using Splade.AI.Explanation;
using Splade.AI.Onnx.Tracing;

namespace Splade.AI;

/// <summary>A vector, and which tokens gave its entries their weights.</summary>
/// <param name="Finished">The vector.</param>
/// <param name="Tokens">For each entry, in their order, the tokens that give it most, by their positions in the text; null if they cannot be had.</param>
/// <param name="Obstacle">Why they cannot be had, as a sentence; null if they can.</param>
internal sealed record SpladeTrace(FinishedVector Finished, TokenActivation[][]? Tokens, string? Obstacle)
{
    /// <summary>The same in terms of the text.</summary>
    public TermSources ToSources(TextTokens text) => new()
    {
        Obstacle = Obstacle,
        ByTerm = Tokens is null ? null : Enumerable.Range(0, Tokens.Length)
            .Where(i => Tokens[i].Length > 0)
            .ToDictionary(i => Finished.Vector.Indices[i], i => Array.ConvertAll(Tokens[i], t => text.Source(t.Position, t.Activation))),
    };
}
